// SPDX-License-Identifier: BSL-1.0
// The energy that the processor packages say they have used, where the system exposes it (RAPL).
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace bench {

/// Reads the counters of all packages; those of cores and memory are parts of them and are left out.
class energy_meter {
public:
    explicit energy_meter(std::filesystem::path const& folder = "/sys/class/powercap") {
        std::error_code failure;
        for (auto const& zone : std::filesystem::directory_iterator(folder, failure)) {
            std::string const name = zone.path().filename();
            if (!name.starts_with("intel-rapl:") || name.find(':', 11) != std::string::npos) continue;
            package p{zone.path() / "energy_uj", 0};
            if (read(p.counter) && (p.range = read(zone.path() / "max_energy_range_uj").value_or(0)) > 0)
                packages_.push_back(p);
        }
    }

    bool exposed() const { return !packages_.empty(); }

    /// The counters now, for joules_since.
    std::vector<std::uint64_t> now() const {
        std::vector<std::uint64_t> counters;
        for (package const& p : packages_) counters.push_back(read(p.counter).value_or(0));
        return counters;
    }
    /// The energy since then. Counters start again at 0 after their range.
    double joules_since(std::vector<std::uint64_t> const& before) const {
        std::vector<std::uint64_t> const after = now();
        double microjoules = 0;
        for (std::size_t i = 0; i < after.size(); ++i)
            microjoules += static_cast<double>(after[i] >= before[i] ? after[i] - before[i]
                                                                     : after[i] + packages_[i].range - before[i]);
        return microjoules / 1e6;
    }

private:
    struct package {
        std::filesystem::path counter;
        std::uint64_t range;
    };

    static std::optional<std::uint64_t> read(std::filesystem::path const& file) {
        std::uint64_t value;
        if (std::ifstream in(file); in >> value) return value;
        return {};
    }

    std::vector<package> packages_;
};

} // namespace bench
