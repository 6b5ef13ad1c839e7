// SPDX-License-Identifier: BSL-1.0
// The description of the service, from the lists by which it works.
#include "openapi.hpp"

#include "../common/json.hpp"
#include "../common/version_text.hpp"
#include "../filters/listing.hpp"
#include "http_text.hpp"
#include "plans.hpp"

#include <quoin/runtime/any_pipeline.hpp>

#include <charconv>
#include <cmath>

namespace examples {

namespace {

using quoin::index_t;

json_value value_of(double number) {
    if (number == std::floor(number) && std::abs(number) < 1e15) return static_cast<index_t>(number);
    return number;
}

/// The preset as a value of the option's kind, or nothing where it is words.
std::optional<json_value> preset_of(option_facts const& o) {
    if (o.preset.empty()) return {};
    if (o.is == option_facts::kind::text)
        return o.preset.find(' ') == o.preset.npos ? std::optional<json_value>(o.preset) : std::nullopt;
    double number = 0;
    auto const [end, error] = std::from_chars(o.preset.data(), o.preset.data() + o.preset.size(), number);
    if (error != std::errc() || end != o.preset.data() + o.preset.size()) return {};
    return value_of(number);
}

json_object schema_of(option_facts const& o) {
    constexpr char const* types[] = {"boolean", "integer", "number", "string"};
    json_object schema{{"type", std::string(types[static_cast<int>(o.is)])}};
    if (!o.choices.empty()) {
        json_array all;
        for (std::string const& choice : o.choices) all.emplace_back(choice);
        schema.emplace_back("enum", std::move(all));
    }
    if (o.least) schema.emplace_back("minimum", value_of(*o.least));
    if (o.most) schema.emplace_back("maximum", value_of(*o.most));
    if (auto preset = preset_of(o)) schema.emplace_back("default", std::move(*preset));
    else if (o.is == option_facts::kind::flag) schema.emplace_back("default", false);
    return schema;
}

json_object parameter_of(option_facts const& o) {
    std::string about = o.about;
    if (o.is == option_facts::kind::text && o.choices.empty() && !o.form.empty()) about += ". Its form is " + o.form;
    if (!o.preset.empty() && !preset_of(o)) about += ". Without it: " + o.preset;
    json_object all{{"name", o.name}, {"in", std::string("query")}, {"description", about}, {"required", o.required}};
    all.emplace_back("schema", schema_of(o));
    // A chain has marks of its own.
    if (o.name == "chain") all.emplace_back("example", std::string("gray,gaussian=1.5"));
    return all;
}

json_object reference(std::string const& to) {
    return {{"$ref", "#/components/" + to}};
}

/// One image, or as many as are read, in the parts of a form.
json_object body() {
    json_object content;
    for (char const* type : {"image/png", "image/jpeg", "image/bmp", "image/tiff", "image/x-tga",
                             "image/x-portable-anymap", "image/x-portable-floatmap", "application/octet-stream"})
        content.emplace_back(type, json_object{});
    json_object const file{{"type", std::string("string")},
                           {"contentMediaType", std::string("application/octet-stream")}};
    json_object const files{{"type", std::string("array")}, {"items", file}};
    json_object const form{{"type", std::string("object")},
                           {"description", std::string("The images in the order in which a chain numbers them")},
                           {"properties", json_object{{"image", files}}}};
    content.emplace_back("multipart/form-data", json_object{{"schema", form}});
    return {{"required", true},
            {"description", std::string("An image, whose format is known by its content")},
            {"content", content}};
}

json_object answers_of(endpoint const& e) {
    json_object content;
    for (std::string_view const type : e.types)
        content.emplace_back(std::string(type),
                             type == "application/json"
                                 ? json_object{{"schema", json_object{{"type", std::string("object")}}}}
                                 : json_object{});
    json_object answers{{"200", json_object{{"description", std::string(e.answer)}, {"content", content}}}};
    std::vector<int> statuses{400, 405};
    if (e.takes_body) statuses = {400, 405, 408, 411, 413, 415, 422, 429, 503, 504};
    for (int const status : statuses)
        answers.emplace_back(std::to_string(status), reference("responses/" + std::to_string(status)));
    return answers;
}

json_object path_of(endpoint const& e) {
    json_array parameters;
    for (option_facts const& o : e.options()) parameters.emplace_back(parameter_of(o));
    json_object method{{"operationId", std::string(e.name)}, {"summary", std::string(e.about)}};
    if (!parameters.empty()) method.emplace_back("parameters", std::move(parameters));
    if (e.takes_body) method.emplace_back("requestBody", body());
    method.emplace_back("responses", answers_of(e));
    return {{e.takes_body ? "post" : "get", std::move(method)}};
}

/// What an answer that is no success holds.
json_object refusals() {
    json_object all;
    for (int const status : {400, 405, 408, 411, 413, 415, 422, 429, 503, 504}) {
        json_object const schema = reference("schemas/Error");
        json_object one{{"description", std::string(http_reason(status))},
                        {"content", json_object{{"application/json", json_object{{"schema", schema}}}}}};
        if (status == 429 || status == 503)
            one.emplace_back(
                "headers",
                json_object{{"Retry-After", json_object{{"description", std::string("Seconds until another try")},
                                                        {"schema", json_object{{"type", std::string("integer")}}}}}});
        all.emplace_back(std::to_string(status), std::move(one));
    }
    return all;
}

} // namespace

std::string openapi_json() {
    json_object paths;
    for (endpoint const& e : endpoints()) paths.emplace_back(e.path, path_of(e));
    json_array names;
    for (quoin::operation const* o : quoin::any_pipeline::operations()) names.emplace_back(std::string(o->name));
    json_object const error{
        {"type", std::string("object")},
        {"required", json_array{std::string("error")}},
        {"properties",
         json_object{{"error", json_object{{"type", std::string("string")},
                                           {"description", std::string("What is wrong, in a sentence")}}}}}};
    json_object const operation{{"type", std::string("string")},
                                {"description", std::string("The name of an operation of a chain")},
                                {"enum", std::move(names)}};
    json_object const components{{"schemas", json_object{{"Error", error}, {"OperationName", operation}}},
                                 {"responses", refusals()},
                                 {"x-operations", operations_object()[0].second}};
    return json_text({{"openapi", std::string("3.1.0")},
                      {"info", json_object{{"title", std::string("quoin-serve")},
                                           {"version", version_text()},
                                           {"summary", std::string("Operations on images over HTTP")},
                                           {"license", json_object{{"name", std::string("BSL-1.0")},
                                                                   {"identifier", std::string("BSL-1.0")}}}}},
                      {"paths", std::move(paths)},
                      {"components", components}});
}

} // namespace examples
