// SPDX-License-Identifier: BSL-1.0
// The program of the GPU's pack: device facts, the self-test, and times. Without CUDA the same on the host.
//
//   quoin-gpu [--self-test] [--json FILE]
//
// --self-test: no times. Exit status 1: a result differs from serial's.
#include "gpu.hpp"

#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/sum.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>

namespace {

using namespace gpu;

using fact = std::pair<std::string, std::string>; // a name and a JSON value

std::string quoted(std::string const& text) {
    std::string result = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::vector<fact> device_facts() {
    std::vector<fact> facts{{"space", quoted(space::name())}, {"kokkos", quoted(std::to_string(KOKKOS_VERSION))}};
#ifdef KOKKOS_ENABLE_CUDA
    int const device = Kokkos::device_id();
    cudaDeviceProp properties{};
    int driver = 0, runtime = 0, clock = 0, memory_clock = 0;
    cudaGetDeviceProperties(&properties, device);
    cudaDriverGetVersion(&driver);
    cudaRuntimeGetVersion(&runtime);
    cudaDeviceGetAttribute(&clock, cudaDevAttrClockRate, device);
    cudaDeviceGetAttribute(&memory_clock, cudaDevAttrMemoryClockRate, device);
    auto const add = [&](char const* name, auto value) { facts.emplace_back(name, std::to_string(value)); };
    facts.emplace_back("device", quoted(properties.name));
    add("compute_capability", properties.major * 10 + properties.minor);
    add("multiprocessors", properties.multiProcessorCount);
    add("clock_mhz", clock / 1000);
    add("memory_bytes", properties.totalGlobalMem);
    add("memory_clock_mhz", memory_clock / 1000);
    add("memory_bus_bits", properties.memoryBusWidth);
    add("l2_bytes", properties.l2CacheSize);
    add("driver", driver);
    add("runtime", runtime);
#endif
    return facts;
}

/// Median milliseconds of calls until `budget` seconds or 200 calls are over, at least five.
double median_ms(double budget, std::function<void()> const& call) {
    using clock = std::chrono::steady_clock;
    call();
    call();
    std::vector<double> times;
    auto const start = clock::now();
    do {
        auto const before = clock::now();
        call();
        times.push_back(std::chrono::duration<double, std::milli>(clock::now() - before).count());
    } while (times.size() < 5 || (times.size() < 200 && clock::now() - start < std::chrono::duration<double>(budget)));
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
}

struct measurement {
    std::string job, size, where;
    double ms, bytes; ///< bytes: of all pixels read and written
};

class timings {
public:
    explicit timings(self_test& test) : test_(test) {}

    std::vector<measurement> const& all() const { return all_; }

    void measure(char const* size_name, extent size) {
        size_name_ = size_name;
        size_ = size;
        // As many bytes as the chain reads and writes (4 a pixel), and as a filter of bytes (2).
        copy("copy 2 B/px", 1);
        copy("copy 4 B/px", 2);
        auto const gray_source = noise<std::uint8_t>(size);
        auto const color_source = noise<rgb8>(size);
        pipeline<rgb8>("chain of five", color_source,
                       [](auto v) { return v | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f); });
        pipeline<rgb8>("gray", color_source, [](auto v) { return v | gray; });
        auto const filter = [&](char const* name, auto const& stage) {
            pipeline<std::uint8_t>(name, gray_source, [&](auto v) { return v | stage; });
        };
        filter("brightness", brightness(1.2f));
        filter("threshold", threshold(100));
        filter("to f32", convert_to<float>);
        filter("flip_x", flip_x);
        filter("transpose", transpose);
        filter("pyramid_down", pyramid_down);
        filter("resize", resize({960, 540}));
        filter("gaussian3", gaussian3);
        filter("gaussian5", gaussian5);
        filter("gaussian(3)", gaussian(3));
        filter("box(15)", box(15));
        filter("sobel_x", sobel_x);
        filter("sobel_magnitude", sobel_magnitude);
        filter("sharpen", sharpen);
        filter("correlate 3x3", correlate({{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}}));

        auto const view = gray_source.view();
        double const bytes = static_cast<double>(size.area());
        add("sum", "copies, host", bytes, [&] { (void)sum(kokkos<space>{}, view); });
        add("min_max", "copies, host", bytes, [&] { (void)min_max(kokkos<space>{}, view); });
        add("histogram", "copies, host", bytes, [&] { (void)histogram(kokkos<space>{}, view); });
    }

private:
    void add(std::string const& job, char const* where, double bytes, std::function<void()> const& call) {
        all_.push_back({job, size_name_, where, median_ms(0.25, call), bytes});
    }

    void copy(char const* name, std::size_t bytes_per_pixel) {
        std::size_t const bytes = bytes_per_pixel * static_cast<std::size_t>(size_.area());
        Kokkos::View<std::uint8_t*, typename space::memory_space> const from("from", bytes), to("to", bytes);
        add(name, "resident", 2 * static_cast<double>(bytes), [&] { Kokkos::deep_copy(to, from); });
    }

    /// With the pixels on the device, and with run(), which copies them there and back. Both are compared with serial.
    template <class P, class Make>
    void pipeline(char const* name, image<P> const& source, Make const& make) {
        auto const expected = to_image(serial{}, make(source.view()));
        using R = typename std::remove_cvref_t<decltype(expected)>::pixel_type;
        double const bytes = static_cast<double>(size_.area()) * (sizeof(P) + sizeof(R));
        image<R> computed(size_);
        {
            device_image<P> in(size_);
            in.copy_from(source.view());
            device_image<R> const out(size_);
            add(name, "resident", bytes, [&] { policy{}.run_resident(make(in.const_view()), out.view()); });
            out.copy_to(computed.view());
            test_.same(name, expected, computed);
        }
        if (std::string(name) != "chain of five" && std::string(name) != "gaussian3") return;
        add(name, "copies", bytes, [&] { run(kokkos<space>{}, make(source.view()), computed); });
        test_.same(name, expected, computed);
    }

    self_test& test_;
    std::vector<measurement> all_;
    char const* size_name_ = "";
    extent size_;
};

double copy_ms_per_byte(std::vector<measurement> const& all, std::string const& size) {
    for (measurement const& m : all)
        if (m.size == size && m.job == "copy 2 B/px") return m.ms / m.bytes;
    return 0;
}

void print_table(std::vector<measurement> const& all) {
    std::printf("%-18s %-4s %-13s %10s %10s %14s\n", "job", "size", "pixels are", "ms", "GB/s", "time / copy's");
    for (measurement const& m : all)
        std::printf("%-18s %-4s %-13s %10.3f %10.1f %14.2f\n", m.job.c_str(), m.size.c_str(), m.where.c_str(), m.ms,
                    m.bytes / m.ms / 1e6, m.ms / (copy_ms_per_byte(all, m.size) * m.bytes));
}

bool write_json(char const* path, std::vector<fact> const& facts, self_test const& test,
                std::vector<measurement> const& all) {
    std::FILE* const file = std::fopen(path, "w");
    if (!file) return false;
    std::fprintf(file, "{\"facts\": {");
    for (std::size_t i = 0; i < facts.size(); ++i)
        std::fprintf(file, "%s%s: %s", i ? ", " : "", quoted(facts[i].first).c_str(), facts[i].second.c_str());
    std::fprintf(file, "},\n \"comparisons\": %d, \"failures\": [", test.comparisons);
    for (std::size_t i = 0; i < test.failures.size(); ++i)
        std::fprintf(file, "%s%s", i ? ", " : "", quoted(test.failures[i]).c_str());
    std::fprintf(file, "],\n \"times\": [");
    for (std::size_t i = 0; i < all.size(); ++i)
        std::fprintf(file, "%s\n  {\"job\": %s, \"size\": %s, \"where\": %s, \"ms\": %.6f, \"bytes\": %.0f}",
                     i ? "," : "", quoted(all[i].job).c_str(), quoted(all[i].size).c_str(),
                     quoted(all[i].where).c_str(), all[i].ms, all[i].bytes);
    std::fprintf(file, "]}\n");
    return std::fclose(file) == 0;
}

int run_all(bool timed, char const* json) {
    Kokkos::ScopeGuard const running(Kokkos::InitializationSettings().set_disable_warnings(true));
    std::vector<fact> const facts = device_facts();
    for (auto const& [name, value] : facts) std::printf("%-20s %s\n", name.c_str(), value.c_str());

    self_test test;
    test_operations<std::uint8_t>(test);
    test_operations<std::uint16_t>(test);
    test_operations<float>(test);
    test_operations<rgb8>(test);
    test_chains(test);
    std::printf("self-test: %d comparisons with serial, %zu differ\n", test.comparisons, test.failures.size());
    std::fflush(stdout);
    timings times(test);
    if (timed) {
        times.measure("4k", {3840, 2160});
        times.measure("8k", {7680, 4320});
        print_table(times.all());
    }
    if (json && !write_json(json, facts, test, times.all()))
        throw std::runtime_error(std::string(json) + " cannot be written");
    return test.failures.empty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    bool timed = true;
    char const* json = nullptr;
    for (int i = 1; i < argc; ++i) {
        std::string const argument = argv[i];
        if (argument == "--self-test") timed = false;
        else if (argument == "--json" && i + 1 < argc) json = argv[++i];
        else return std::fprintf(stderr, "quoin-gpu: '%s'; usage: quoin-gpu [--self-test] [--json FILE]\n", argv[i]), 2;
    }
    try {
        return run_all(timed, json);
    } catch (std::exception const& failure) {
        std::fprintf(stderr, "quoin-gpu: %s\n", failure.what());
        return 1;
    }
}
