# SPDX-License-Identifier: BSL-1.0
# How the tests of the Python package draw examples.
import hypothesis

# The same examples each time; a failure prints what reproduces it.
hypothesis.settings.register_profile("quoin", derandomize=True, deadline=None, max_examples=60, print_blob=True)
hypothesis.settings.load_profile("quoin")
