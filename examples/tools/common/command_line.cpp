// SPDX-License-Identifier: BSL-1.0
// The one place that includes CLI11.
#include "command_line.hpp"

#include "observation.hpp"
#include "program.hpp"
#include "version_text.hpp"

#include <quoin/core/detail/nearest_word.hpp>
#include <quoin/core/error.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <new>
#include <sstream>

namespace examples {

option& option::required() {
    option_->required();
    facts_->required = true;
    return *this;
}
option& option::type_name(char const* name) {
    option_->type_name(name);
    facts_->form = name;
    return *this;
}
option& option::show_default() {
    option_->capture_default_str();
    facts_->preset = option_->get_default_str();
    return *this;
}
option& option::show_default(char const* text) {
    option_->default_str(text);
    facts_->preset = text;
    return *this;
}
option& option::separated_by(char separator) {
    option_->delimiter(separator);
    return *this;
}
option& option::one_of(std::vector<std::string> const& values) {
    facts_->choices = values;
    std::string all;
    for (std::string const& value : values) all += (all.empty() ? "" : ",") + value;
    auto const check = [values, all](std::string const& text) {
        if (std::find(values.begin(), values.end(), text) != values.end()) return std::string();
        std::string_view const near = quoin::detail::nearest_word(text, values);
        return "'" + text + "' is none of " + all + (near.empty() ? "" : "; did you mean " + std::string(near) + "?");
    };
    option_->check(CLI::Validator(check, "{" + all + "}"));
    return *this;
}

template <class T>
option& option::within_bounds(T least, T most) {
    facts_->least = static_cast<double>(least);
    facts_->most = static_cast<double>(most);
    auto const check = [least, most](std::string const& text) {
        using CLI::detail::lexical_cast;
        T value{};
        std::ostringstream message;
        if (!lexical_cast(text, value) || !(value >= least && value <= most))
            message << "'" << text << "' does not fit; give " << (std::is_integral_v<T> ? "a whole number" : "a number")
                    << " from " << least << " to " << most;
        return message.str();
    };
    option_->check(CLI::Validator(check, ""));
    return *this;
}
template option& option::within_bounds(int, int);
template option& option::within_bounds(quoin::index_t, quoin::index_t);
template option& option::within_bounds(std::uint64_t, std::uint64_t);
template option& option::within_bounds(double, double);

command_line::command_line(char const* about, char const* name, std::string const& footer)
    : owned_(std::make_shared<CLI::App>(about, name)), app_(owned_.get()) {
    app_->footer(footer);
    app_->set_version_flag("--version", std::string(name) + ' ' + version_text());
}

option_facts& command_line::known(char const* name, std::string const& text, option_facts::kind is) {
    std::string_view plain = name;
    while (plain.starts_with('-')) plain.remove_prefix(1);
    return facts_->emplace_back(option_facts{std::string(plain.substr(0, plain.find('{'))), text, is});
}

template <class T>
option command_line::add(char const* name, T& value, std::string const& text) {
    using kind = option_facts::kind;
    constexpr kind is = std::is_floating_point_v<T> ? kind::number : std::is_integral_v<T> ? kind::whole : kind::text;
    return option(app_->add_option(name, value, text), known(name, text, is));
}
template option command_line::add(char const*, int&, std::string const&);
template option command_line::add(char const*, quoin::index_t&, std::string const&);
template option command_line::add(char const*, std::uint64_t&, std::string const&);
template option command_line::add(char const*, double&, std::string const&);
template option command_line::add(char const*, std::string&, std::string const&);
template option command_line::add(char const*, std::vector<int>&, std::string const&);
template option command_line::add(char const*, std::vector<std::string>&, std::string const&);

option command_line::add_function(char const* name, std::function<void(std::string const&)> const& f,
                                  std::string const& text) {
    return option(app_->add_option_function<std::string>(name, f, text), known(name, text, option_facts::kind::text));
}
void command_line::add_flag(char const* name, bool& flag, std::string const& text) {
    app_->add_flag(name, flag, text);
    known(name, text, option_facts::kind::flag);
}
void command_line::add_flag(char const* name, std::function<void(std::string const&)> const& f,
                            std::string const& text) {
    app_->add_flag(name, text)->each(f);
    known(name, text, option_facts::kind::flag);
}
command_line command_line::add_group(std::string const& title) {
    return command_line(app_->add_option_group(title), facts_);
}

void command_line::when_parsed(std::function<void()> const& f) {
    app_->parse_complete_callback(f);
}
bool command_line::has(char const* name) const {
    return app_->count(name) != 0;
}
std::string command_line::values() const {
    std::string text;
    for (CLI::Option const* o : app_->get_options()) {
        std::vector<std::string> values = o->results();
        if (values.empty()) values.push_back(o->get_default_str());
        if (o == app_->get_help_ptr() || values.front().empty()) continue;
        text += ' ' + o->get_name();
        if (o->get_items_expected_max() == 0) continue; // a flag
        for (std::string const& value : values) text += ' ' + value;
    }
    return text;
}

namespace {

void add_names(CLI::App const& app, std::vector<std::string>& names) {
    for (CLI::Option const* o : app.get_options())
        for (std::string const& name : o->get_lnames()) names.push_back("--" + name);
    for (CLI::App const* group : app.get_subcommands([](CLI::App const*) { return true; })) add_names(*group, names);
}

/// A sentence on the first argument that looks like an option and is none; empty where there is none.
std::string unknown_option(CLI::App const& app) {
    for (std::string const& given : app.remaining()) {
        if (given.size() < 2 || given[0] != '-') continue;
        std::string const name = given.substr(0, given.find('='));
        std::vector<std::string> names;
        add_names(app, names);
        std::string_view const near = quoin::detail::nearest_word(name, names);
        return "'" + name + "' is no option" + (near.empty() ? "" : "; did you mean " + std::string(near) + "?");
    }
    return {};
}

/// What is wrong with a command line.
std::string mistake(CLI::App const& app, CLI::Error const& e) {
    // What is missing may be what was written wrong.
    bool const missing = dynamic_cast<CLI::ExtrasError const*>(&e) || dynamic_cast<CLI::RequiredError const*>(&e);
    std::string const unknown = missing ? unknown_option(app) : "";
    return unknown.empty() ? e.what() : unknown;
}

} // namespace

int status_of_exception() {
    try {
        throw;
    } catch (usage_error const&) {
        return 2;
    } catch (quoin::canceled const&) {
        return interrupted_status();
    } catch (...) {
        return 1;
    }
}

int report_exception(std::string const& program) {
    try {
        throw;
    } catch (usage_error const& e) {
        report(program, std::string(e.what()) + "; see " + program + " --help");
    } catch (quoin::canceled const&) {
        tell_interrupted(program);
    } catch (std::bad_alloc const&) {
        report(program, "the system has no memory left for this image");
    } catch (std::exception const& e) {
        report(program, e.what());
    }
    return status_of_exception();
}

void command_line::parse(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants them
    try {
        app_->parse(arguments);
    } catch (CLI::Success const&) {
        throw usage_error("help and version are for command lines");
    } catch (CLI::Error const& e) {
        throw usage_error(mistake(*app_, e));
    }
}

int command_line::run(int argc, char** argv, std::function<int()> const& body) {
    std::string const name = app_->get_name();
    std::signal(SIGXFSZ, SIG_IGN); // a file that the system does not let grow is an error of writing
    try {
        app_->parse(argc, argv);
        int const status = body();
        std::cout.flush();
        if (!std::cout) throw std::runtime_error("standard output cannot be written");
        return status;
    } catch (print_and_exit const& e) {
        std::cout << e.text << '\n';
        return 0;
    } catch (CLI::Success const& e) {
        app_->exit(e);
        return 0;
    } catch (CLI::Error const& e) {
        report(name, mistake(*app_, e) + "; see " + name + " --help");
        return 2;
    } catch (...) {
        return report_exception(name);
    }
}

void add_timing_options(command_line& line, int& repeat, bool& time, char const* repeat_text, char const* time_text) {
    line.add("--repeat", repeat, repeat_text).within(1, 1000000).type_name("K").show_default();
    line.add_flag("--time", time, time_text);
}

} // namespace examples
