// SPDX-License-Identifier: BSL-1.0
// Image files with OpenCV, of the same pixels and the same quality. Empty without its imgcodecs.
#if QUOIN_WITH_OPENCV_CODECS
#include "support.hpp"
#include "support/files.hpp"

#include <opencv2/imgcodecs.hpp>

namespace {

template <class P>
bool add(std::string const& extension) {
    std::string const name = bench::pixel_name<P>() + "-opencv." + extension;
    auto const write = [](std::string const& path, quoin::extent size) {
        cv::imwrite(path, bench::as_mat<P>(bench::picture<P>(size)),
                    {cv::IMWRITE_JPEG_QUALITY, quoin::write_options().jpeg_quality});
    };
    auto const prepare_write = [=](quoin::extent size) -> bench::work {
        return [=, path = bench::file_path(name).string()] { write(path, size); };
    };
    auto const prepare_read = [=](quoin::extent size) -> bench::work {
        auto const path = bench::file_path(name).string();
        quoin::write_image(path, bench::picture<P>(size)); // the file that quoin reads
        return [=] { bench::keep(cv::imread(path, cv::IMREAD_UNCHANGED)); };
    };
    return bench::add_file_work<P>("write-" + extension, "opencv", prepare_write) &&
           bench::add_file_work<P>("read-" + extension, "opencv", prepare_read);
}

bool const registered = add<quoin::rgb8>("png") && add<std::uint8_t>("png") && add<quoin::rgb8>("jpg");

} // namespace
#endif
