// SPDX-License-Identifier: BSL-1.0
// The command line and what main returns: CLI11 behind types that are quick to compile with.
#pragma once

#include <quoin/core/geometry.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace examples {

/// A mistake in the command line: exit status 2.
class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The exit status that the exception means that is being handled.
int status_of_exception();
/// Reports the exception that is being handled; returns status_of_exception().
int report_exception(std::string const& program);

/// Thrown while the command line is parsed, it ends the program with a text on stdout: exit status 0.
struct print_and_exit {
    std::string text;
};

/// What is known of an option, for descriptions that are made of command lines.
struct option_facts {
    enum class kind { flag, whole, number, text };

    std::string name; ///< without dashes
    std::string about;
    kind is = kind::text;
    std::string form{};   ///< of a text, as WxH
    std::string preset{}; ///< a value, or words for one
    bool required = false;
    std::vector<std::string> choices{};
    std::optional<double> least{}, most{};
};

/// What an option takes, and what the help says of it.
class option {
public:
    option(CLI::Option* o, option_facts& facts) : option_(o), facts_(&facts) {}

    option& required();
    option& type_name(char const* name);
    /// Shows the value that the variable has now.
    option& show_default();
    option& show_default(char const* text);
    /// One argument may be several values.
    option& separated_by(char separator);
    option& one_of(std::vector<std::string> const& values);
    /// A number within bounds, which the message names; NaN is not. They are int, quoin::index_t,
    /// std::uint64_t or double.
    template <class T, class U>
    option& within(T least, U most) {
        return within_bounds<std::common_type_t<T, U>>(least, most);
    }

private:
    template <class T>
    option& within_bounds(T least, T most);

    CLI::Option* option_;
    option_facts* facts_;
};

class command_line {
public:
    /// With --help and --version.
    command_line(char const* about, char const* name, std::string const& footer);

    /// T is int, quoin::index_t, std::uint64_t, double, std::string or a vector of int or std::string.
    template <class T>
    option add(char const* name, T& value, std::string const& text);
    /// f(argument) where the option is given; it may throw usage_error.
    option add_function(char const* name, std::function<void(std::string const&)> const& f, std::string const& text);
    void add_flag(char const* name, bool& flag, std::string const& text);
    /// f(value) where a flag is given that may have a value, as in --list{text}.
    void add_flag(char const* name, std::function<void(std::string const&)> const& f, std::string const& text);
    /// Options under a title of their own; this command line must live as long.
    command_line add_group(std::string const& title);

    /// f() when everything is parsed. It must hold no copy of this command line, which would hold itself.
    void when_parsed(std::function<void()> const& f);
    bool has(char const* name) const;
    /// The options that were given or have presets, with their values, each after a blank.
    std::string values() const;

    /// All options, those of groups among them, but --help and --version.
    std::vector<option_facts> options() const { return {facts_->begin(), facts_->end()}; }

    /// Parses arguments that no user has typed at a shell, as those of a query. @throws usage_error
    void parse(std::vector<std::string> arguments);

    /// Parses the command line, then returns body(): 0 or 1. A failure is one line on stderr and the status 1, a
    /// wrong command line the status 2, work that a signal stopped interrupted_status().
    int run(int argc, char** argv, std::function<int()> const& body);

private:
    command_line(CLI::App* group, std::shared_ptr<std::deque<option_facts>> facts)
        : app_(group), facts_(std::move(facts)) {}
    option_facts& known(char const* name, std::string const& text, option_facts::kind is);

    std::shared_ptr<CLI::App> owned_; ///< not of a group
    CLI::App* app_;
    std::shared_ptr<std::deque<option_facts>> facts_ = std::make_shared<std::deque<option_facts>>();
};

/// Adds --repeat and --time.
void add_timing_options(command_line& line, int& repeat, bool& time,
                        char const* repeat_text = "Evaluate so many times, for the median",
                        char const* time_text = "Print times and counts as one line of JSON");

} // namespace examples
