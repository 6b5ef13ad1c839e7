// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/detail/control_groups.hpp>

#include "support/fake_system.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace quoin;

namespace {

struct situation {
    char const* name;
    char const* groups;
    char const* mounts;
    std::vector<std::string> folders;
};

} // namespace

TEST_CASE("control_groups: the own group and all above it, where mounts show them", "[core]") {
    char const* const unified = "29 23 0:26 / /sys/fs/cgroup rw,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
    situation const all[] = {
        {"nothing is told", "", "", {}},
        {"no mount", "0::/a\n", "1 0 8:1 / / rw - ext4 /dev/sda rw\n", {}},
        {"the root", "0::/\n", unified, {"/sys/fs/cgroup"}},
        {"nested", "0::/a/b.slice\n", unified, {"/sys/fs/cgroup", "/sys/fs/cgroup/a", "/sys/fs/cgroup/a/b.slice"}},
        {"mounted from the own group", "0::/a/b\n", "29 23 0:26 /a/b /c rw - cgroup2 x rw\n", {"/c"}},
        {"mounted from a parent", "0::/a/b\n", "29 23 0:26 /a /c rw - cgroup2 x rw\n", {"/c", "/c/b"}},
        {"mounted from a group of which the name begins the same",
         "0::/ab\n",
         "29 23 0:26 /a /c rw - cgroup2 x rw\n",
         {}},
        {"mounted from the child of another", "0::/a\n", "29 23 0:26 /b /c rw - cgroup2 x rw\n", {}},
        {"mounted twice",
         "0::/a\n",
         "29 23 0:26 / /c rw - cgroup2 x rw\n29 23 0:26 /a /d rw master:1 shared:2 - cgroup2 x rw\n",
         {"/c", "/c/a", "/d"}},
        {"a namespace inside of the mount", "0::/\n", "29 23 0:26 /../.. /c rw - cgroup2 x rw\n", {"/c"}},
        {"a namespace beside the mount", "0::/\n", "29 23 0:26 /../b /c rw - cgroup2 x rw\n", {}},
        {"a group outside of the namespace", "0::/../b\n", "29 23 0:26 / /c rw - cgroup2 x rw\n", {}},
        {"a group outside of the namespace, below the mount",
         "0::/../b\n",
         "29 23 0:26 /.. /c rw - cgroup2 x rw\n",
         {"/c", "/c/b"}},
        {"blanks and backslashes",
         "0::/a b\n",
         "29 23 0:26 / /c\\040d\\134 rw - cgroup2 x rw\n",
         {"/c d\\", "/c d\\/a b"}},
        {"colons", "0::/a:b\n", "29 23 0:26 / /c rw - cgroup2 x rw\n", {"/c", "/c/a:b"}},
        {"version 1",
         "5:cpuset:/x\n4:cpu,cpuacct:/a\n3:cpuacct:/y\n2:name=systemd:/z\n",
         "33 31 0:30 / /c/cpuset rw - cgroup cgroup rw,cpuset\n34 31 0:31 / /c/cpu,cpuacct rw - cgroup cgroup "
         "rw,cpu,cpuacct\n35 31 0:32 / /c/s rw - cgroup cgroup rw,xattr,name=systemd\n",
         {"/c/cpu,cpuacct", "/c/cpu,cpuacct/a"}},
        {"both versions",
         "4:cpu:/a\n0::/b\n",
         "34 31 0:31 /a /c/cpu rw - cgroup cgroup rw,cpu\n35 31 0:32 / /c/unified rw - cgroup2 cgroup2 rw\n",
         {"/c/cpu", "/c/unified", "/c/unified/b"}},
    };
    for (situation const& s : all) {
        INFO(s.name);
        test::fake_system const system{{"/proc/self/cgroup", s.groups}, {"/proc/self/mountinfo", s.mounts}};
        std::vector<std::string> expected;
        for (std::string const& folder : s.folders) expected.push_back(system.root + folder);
        CHECK(detail::control_groups("cpu", system.root) == expected);
    }
}
