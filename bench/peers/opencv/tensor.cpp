// SPDX-License-Identifier: BSL-1.0
// The input of a detector by OpenCV: resize, copyMakeBorder and blobFromImage, which makes floats. Empty without its
// dnn.
#if QUOIN_WITH_OPENCV_DNN
#include "support.hpp"
#include "support/tensors.hpp"

#include <quoin/tensor/to_tensor.hpp>

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

namespace {

void letterbox(cv::Mat const& in, cv::Mat& out) {
    static thread_local cv::Mat small, padded;
    auto const [width, height] = bench::detected.size;
    auto const side = [](quoin::index_t to, int from) { return static_cast<double>(to) / from; };
    double const r = std::min(side(width, in.cols), side(height, in.rows));
    cv::resize(in, small, {cvRound(in.cols * r), cvRound(in.rows * r)});
    int const columns = static_cast<int>(width) - small.cols, rows = static_cast<int>(height) - small.rows;
    cv::copyMakeBorder(small, padded, rows / 2, rows - rows / 2, columns / 2, columns - columns / 2,
                       cv::BORDER_CONSTANT, cv::Scalar::all(bench::detected.pad));
    cv::dnn::blobFromImage(padded, out, 1 / 255.0);
}

/// In levels of bytes, of all values.
double difference(quoin::extent size) {
    quoin::image_view<quoin::rgb8 const> const view = bench::scene<quoin::rgb8>(size);
    std::vector<float> values(static_cast<std::size_t>(3 * bench::detected.size.area()));
    to_tensor(quoin::serial{}, std::span(&view, 1), bench::detected, std::span(values));
    cv::Mat blob;
    letterbox(bench::as_mat<quoin::rgb8>(view), blob);
    return 255 * bench::largest_difference(blob.reshape(1, 1),
                                           cv::Mat(1, static_cast<int>(values.size()), CV_32F, values.data()));
}

bool add(std::string const& name, bool half) {
    return bench::add_opencv(name, sizeof(quoin::rgb8), 1.001, difference, [=](quoin::extent size) {
        cv::Mat const in = bench::as_mat<quoin::rgb8>(bench::scene<quoin::rgb8>(size));
        return [=, blob = cv::Mat(), narrow = cv::Mat()]() mutable {
            letterbox(in, blob);
            if (half) blob.convertTo(narrow, CV_16F);
            bench::keep();
        };
    });
}

bool const registered = add("tensor-letterbox-640<f32>", false) && add("tensor-letterbox-640<f16>", true);

} // namespace
#endif
