// SPDX-License-Identifier: BSL-1.0
// Descriptors of points, and which belong together.
#include "parts.hpp"

#include "arrays.hpp"
#include "policies.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/match_descriptors.hpp>
#include <quoin/feature/orb.hpp>

#include <nanobind/stl/string_view.h>

#include <string_view>
#include <vector>

namespace quoin_python {

namespace {

using bytes_array = nb::ndarray<std::uint8_t const, nb::shape<-1, 32>, nb::c_contig, nb::device::cpu>;
using floats_array = nb::ndarray<float const, nb::shape<-1, -1>, nb::c_contig, nb::device::cpu>;

/// What is matched, of an array. Bit i of a descriptor is bit i % 8 of byte i / 8.
std::vector<quoin::binary_descriptor> list_of(bytes_array const& a) {
    std::vector<quoin::binary_descriptor> all(a.shape(0));
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = 0; k < 32; ++k) all[i][k / 8] |= std::uint64_t{a(i, k)} << k % 8 * 8;
    return all;
}

quoin::image_view<float const> list_of(floats_array const& a) {
    return {a.data(), static_cast<quoin::index_t>(a.shape(1)), static_cast<quoin::index_t>(a.shape(0))};
}

nb::dict orb(nb::handle image, quoin::index_t most, double scale, int levels, quoin::index_t edge, double threshold,
             std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const from(image, "the image");
    if (from.view().format() != quoin::format_of<std::uint8_t>)
        quoin::detail::raise("quoin.orb: an image of ", quoin::to_text(from.view().format()),
                             "; give one channel of uint8, as quoin.gray makes it");
    quoin::orb_features found;
    {
        nb::gil_scoped_release const released;
        quoin::any_image memory;
        found = quoin::orb(p, interleaved(from.view(), memory).as<std::uint8_t>(),
                           {.most = most, .scale = scale, .levels = levels, .edge = edge, .threshold = threshold});
    }
    std::vector<double> points;
    std::vector<float> scores, angles, sizes;
    std::vector<std::int32_t> level;
    std::vector<std::uint8_t> descriptors;
    std::size_t const n = found.points.size();
    for (quoin::oriented_keypoint const& k : found.points) {
        points.insert(points.end(), {k.x, k.y});
        scores.push_back(k.score);
        angles.push_back(k.angle);
        sizes.push_back(k.size);
        level.push_back(k.level);
    }
    for (quoin::binary_descriptor const& d : found.descriptors)
        for (std::size_t k = 0; k < 32; ++k) descriptors.push_back(static_cast<std::uint8_t>(d[k / 8] >> k % 8 * 8));
    nb::dict d;
    d["points"] = array_of(std::move(points), {n, 2});
    d["score"] = array_of(std::move(scores), {n});
    d["angle"] = array_of(std::move(angles), {n});
    d["size"] = array_of(std::move(sizes), {n});
    d["level"] = array_of(std::move(level), {n});
    d["descriptors"] = array_of(std::move(descriptors), {n, 32});
    return d;
}

/// First, second and distance of each match.
nb::tuple arrays_of(std::vector<quoin::descriptor_match> const& all) {
    std::vector<std::int64_t> first, second;
    std::vector<float> distance;
    for (quoin::descriptor_match const& m : all) {
        first.push_back(m.first);
        second.push_back(m.second);
        distance.push_back(m.distance);
    }
    std::size_t const n = all.size();
    return nb::make_tuple(array_of(std::move(first), {n}), array_of(std::move(second), {n}),
                          array_of(std::move(distance), {n}));
}
/// (n, 2) of the indices, -1 for none, and of the distances.
nb::tuple arrays_of(std::vector<quoin::nearest_two> const& all) {
    std::vector<std::int64_t> indices;
    std::vector<float> distances;
    for (quoin::nearest_two const& n : all) {
        indices.insert(indices.end(), {n.best, n.next});
        distances.insert(distances.end(), {n.best_distance, n.next_distance});
    }
    return nb::make_tuple(array_of(std::move(indices), {all.size(), 2}),
                          array_of(std::move(distances), {all.size(), 2}));
}

/// find(policy, first, second), without the interpreter's lock.
template <class Array, class F>
nb::tuple found_in(Array const& a, Array const& b, std::string_view policy_name, int threads, F const& find) {
    policy const& p = vector_policy(policy_name, threads);
    auto const first = list_of(a), second = list_of(b);
    nb::gil_scoped_release released;
    auto const all = find(p, first, second);
    nb::gil_scoped_acquire const again;
    return arrays_of(all);
}

template <class Array>
nb::tuple nearest_descriptors(Array const& a, Array const& b, std::string_view policy_name, int threads) {
    return found_in(a, b, policy_name, threads, [](policy const& p, auto const& first, auto const& second) {
        return quoin::nearest_descriptors(p, first, second);
    });
}
template <class Array>
nb::tuple match_descriptors(Array const& a, Array const& b, double ratio, bool cross_check, double most_distance,
                            std::string_view policy_name, int threads) {
    quoin::match_options const o{.ratio = ratio, .cross_check = cross_check, .most_distance = most_distance};
    return found_in(a, b, policy_name, threads, [&](policy const& p, auto const& first, auto const& second) {
        return quoin::match_descriptors(p, first, second, o);
    });
}
template <class Array>
void add_matching(nb::module_& m) {
    m.def("nearest_descriptors", &nearest_descriptors<Array>, nb::arg("first"), nb::arg("second"), nb::kw_only(),
          nb::arg("policy"), nb::arg("threads"));
    m.def("match_descriptors", &match_descriptors<Array>, nb::arg("first"), nb::arg("second"), nb::kw_only(),
          nb::arg("ratio"), nb::arg("cross_check"), nb::arg("most_distance"), nb::arg("policy"), nb::arg("threads"));
}

} // namespace

void add_descriptors(nb::module_& m) {
    m.def("orb", &orb, nb::arg("image").none(), nb::kw_only(), nb::arg("most"), nb::arg("scale"), nb::arg("levels"),
          nb::arg("edge"), nb::arg("threshold"), nb::arg("policy"), nb::arg("threads"));
    add_matching<bytes_array>(m);
    add_matching<floats_array>(m);
}

} // namespace quoin_python
