#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Plants faults and sees whether the tests notice: run.py [--build DIR] [NAME...]

Each fault of the table below is written into a copy of include/ and tests/. The sources named with it are compiled as the
build in DIR (default build/release) compiles them and linked with the rest of the tests' support; the program must then
fail. The same tests must pass without the fault, which is tried first. Prints a line for each fault; exit status 1 where one
is not noticed. Takes minutes, so it is no test of the suite: run it when tests are made cheaper or the engine is rewritten.
"""
import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass
class Fault:
    name: str
    file: str  # in include/quoin
    replacements: list  # (text that is there once, what stands there instead)
    sources: list  # in tests/, one program
    options: list = dataclasses.field(default_factory=list)
    only: list = dataclasses.field(default_factory=list)  # of Catch2: which tests
    ranks: int = 0  # processes of MPI


ASAN = ["-O1", "-g1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize=null,object-size,vptr",
        "-fno-sanitize-recover=all"]
# Open MPI is told to start as root, and on fewer cores, too.
OPEN_MPI = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1",
            "OMPI_MCA_mpi_yield_when_idle": "1"}
TSAN = ["-O1", "-g1", "-fsanitize=thread"]

FAULTS = [
    Fault("reflect_101 repeats the last pixel", "pipe/border.hpp",
          [("return m < n ? m : period - m;", "return m < n ? m : period - 1 - m;")], ["filter/linear/gaussian3.cpp"]),
    Fault("replicate takes the pixel beside the last", "pipe/border.hpp",
          [("i >= n ? n - 1 : i;", "i >= n ? n - 1 - (n > 1) : i;")], ["engine/border.cpp"]),
    Fault("a line says that it holds the row above", "exec/line/line_ring.hpp",
          [("held_.data()[free] = v;", "held_.data()[free] = v - 1;")], ["engine/pixels.cpp"]),
    Fault("the list of lines begins anew one row late", "exec/line/line_ring.hpp",
          [("top_ + reach_.rows() < room_", "top_ + reach_.rows() <= room_")], ["engine/lines.cpp"], ASAN),
    Fault("a cut before a gathering stage keeps the first border", "exec/detail/gather_cut.hpp",
          [("((last = i < N && is_extend<Stages> ? i : last, ++i), ...);",
            "((last = i < N && is_extend<Stages> && last < 0 ? i : last, ++i), ...);")], ["engine/gather.cpp"]),
    Fault("a gathering stage reads a column too far", "geometry/detail/sampled_rows.hpp",
          [("extent const inside{v.width() - count + 1 -", "extent const inside{v.width() - count + 2 -")],
          ["geometry/warp_affine_types.cpp"], ASAN),
    Fault("an interpolation reads two bytes behind a row", "lanes/detail/pixel_pairs.hpp",
          [("+ 8 <= 3 * width", "+ 6 <= 3 * width")], ["tensor/to_tensor.cpp", "tensor/to_tensor_modes.cpp"], ASAN,
          ["*without antialiasing*"]),
    Fault("the memory of a block stays in pieces", "exec/workspace.hpp",
          [("m.reserve(most);", "(void)most, (void)m;")], ["tensor/to_tensor.cpp", "tensor/prepare.cpp"], [],
          ["prepare: another call allocates nothing"]),
    Fault("threads share the lines of a stage", "exec/line/line_ring.hpp",
          [("template <class T>\nclass line_ring {", "template <class T>\ninline T shared_lines[1 << 24];\n\n"
            "template <class T>\nclass line_ring {"),
           ("return memory_.data() + i * line_size_ + front_;",
            "return shared_lines<T> + pass_ * (1 << 20) + i * line_size_ + front_;")],
          ["engine/threads.cpp"], TSAN, ["[threads]"]),
    Fault("two blocks get the same memory of a workspace", "core/detail/spares.hpp",
          [("if (!__atomic_test_and_set(&each.taken, __ATOMIC_ACQUIRE)) return &each;", "return &each;")],
          ["exec/workspace.cpp"], TSAN, ["workspace: threads have memory of their own"]),
    Fault("the lines of a block overlap in a workspace", "exec/line/line_memory.hpp",
          [("        used_ += rounded;", "        used_ += rounded / 2;")], ["exec/workspace.cpp"]),
    Fault("a partial step of a row is read whole", "exec/line/source_rows.hpp",
          [("if (x + Lanes::count > width) [[unlikely]]", "if (x > width) [[unlikely]]"),
           ("bool const whole = last + Lanes::count <= width;", "bool const whole = true;")],
          ["engine/pixels.cpp"], ASAN),
    Fault("a partial step of a row is written whole", "exec/line/view_sink.hpp",
          [("for (int i = 0; i < count * channels_v<P>; ++i) row[", "for (int i = 0; i < Lanes::count * channels_v<P>; ++i) row[")],
          ["engine/pixels.cpp"]),
    Fault("SSE2 rounds roots down", "lanes/detail/sse2.hpp",
          [("static QUOIN_ALWAYS_INLINE reg round_to_i32(__m128 a) { return _mm_cvtps_epi32(a); }",
            "static QUOIN_ALWAYS_INLINE reg round_to_i32(__m128 a) { return _mm_cvttps_epi32(a); }")],
          ["lanes/sums.cpp"], ["-march=x86-64"]),
    Fault("AVX2 rounds roots down", "lanes/detail/avx2.hpp",
          [("return _mm256_cvtps_epi32(a);", "return _mm256_cvttps_epi32(a);")], ["lanes/sums.cpp"], ["-march=x86-64-v3"]),
    Fault("SSE2 packs 32 bits to unsigned ones without a clamp", "lanes/detail/sse2.hpp",
          [("_mm_packs_epi32(_mm_sub_epi32(clamp_negative(a), half), _mm_sub_epi32(clamp_negative(b), half));",
            "_mm_packs_epi32(_mm_sub_epi32(a, half), _mm_sub_epi32(b, half));")],
          ["filter/linear/sharpen.cpp", "lanes/convert.cpp"], ["-march=x86-64"]),
    Fault("lanes of i32 saturate to bytes one too low", "lanes/convert.hpp",
          [("return saturate<U>(saturate<std::int16_t>(x));", "return saturate<U>(saturate<std::int16_t>(x)) & lanes<U, N>(U(254));")],
          ["filter/point/convert_to.cpp"]),
    Fault("numbers saturate at one too many", "lanes/arithmetic.hpp",
          [("static_cast<std::uint64_t>(x) > static_cast<std::uint64_t>(high) ? high",
            "static_cast<std::uint64_t>(x) > static_cast<std::uint64_t>(high) + 1 ? high")],
          ["filter/linear/sharpen.cpp"]),
    Fault("a half is added in the type of the value", "lanes/convert.hpp",
          [("return x + below_half<T>;", "return x + T(0.5);")], ["lanes/rounding.cpp"]),
    Fault("negative halves are rounded down", "lanes/convert.hpp",
          [("floor(x + half_towards(x))", "floor(x + below_half<T>)")], ["lanes/rounding.cpp"]),
    Fault("parts of a buffer that have one byte in common are written", "core/detail/byte_lattice.hpp",
          [("k < b.items && distance + k * step < a.bytes", "k < b.items && distance + k * step < a.bytes - 1")],
          ["exec/disjoint.cpp"]),
    Fault("strips share a row", "exec/line/blocks.hpp",
          [("return {x, y, min(cols, size.width - x), min(rows, size.height - y)};",
            "return {x, y, min(cols, size.width - x), min(rows + 1, size.height - y)};")],
          ["measure/sum.cpp", "measure/reductions.cpp"]),
    Fault("tiles lack a column at their right", "exec/line/line_ring.hpp",
          [("inside({result.begin - reach_.left, result.end + reach_.right}, w)",
            "inside({result.begin - reach_.left, result.end + reach_.right - 1}, w)")],
          ["engine/border.cpp"]),
    Fault("a constant stands outside of the sums, not of the image", "exec/detail/apply.hpp",
          [("return f.outside(get_channel<decltype(c)::value>(value));",
            "return static_cast<channel_t<P>>(get_channel<decltype(c)::value>(value));")],
          ["engine/lines.cpp"]),
    Fault("a row above is trusted that was not the one before", "exec/line/line_ring.hpp",
          [("bool const follows = y == row_ + 1;", "bool const follows = row_ != nowhere;")], ["engine/lines.cpp"]),
    Fault("a sweep trusts memory that is not that of the row above", "exec/line/swept_rows.hpp",
          [("windows_.follows(), kept_.data()", "true, kept_.data()")],
          ["engine/sweep.cpp"]),
    Fault("channels share what a sweep keeps", "exec/line/swept_rows.hpp",
          [("kept_.data() + channel * apart_", "kept_.data()")], ["engine/sweep.cpp"]),
    Fault("the default border of a stage holds for those behind it", "pipe/fold.hpp",
          [("stage, border_of<F>(border)),", "stage, border_of<F>(border)), border_of<F>"),
           ("                                      border, stages);", "                                      (border), stages);")],
          ["engine/sweep.cpp"]),
    Fault("sums of a row begin one too late", "pipe/window.hpp",
          [("Lanes::template load_as<U>(p + (first - 1))", "Lanes::template load_as<U>(p + first)")], ["engine/lines.cpp"]),
    Fault("stores past the caches change places", "lanes/simd_lanes.hpp",
          [("Stores::store(reinterpret_cast<std::uint8_t*>(p) + offset,",
            "Stores::store(reinterpret_cast<std::uint8_t*>(p) + (sizeof(P) - 1 - decltype(i)::value) * count,")],
          ["engine/pixels.cpp"]),
    Fault("flipped columns begin one to the right", "exec/line/rows.hpp",
          [("return cursor{line + region_.right() - Lanes::count, plane_};",
            "return cursor{line + region_.right() - Lanes::count + 1, plane_};")], ["geometry/flip.cpp"]),
    Fault("crop counts channels as columns", "exec/line/source_rows.hpp",
          [("return {v.row(first) + r.x * channels_v<P>,", "return {v.row(first) + r.x,")], ["geometry/crop.cpp"]),
    Fault("crop behind a local stage is one row off", "exec/line/rows.hpp",
          [("index_t const from = MirrorsRows ? region_.bottom() - 1 - y : region_.y + y;",
            "index_t const from = MirrorsRows ? region_.bottom() - 1 - y : region_.y + y - (region_.y > 0);")],
          ["geometry/crop.cpp"]),
    Fault("positions are those of the row below", "exec/line/rows.hpp",
          [("row_place<F>::of(*this, y), upstream_.row(y)", "row_place<F>::of(*this, y + 1), upstream_.row(y)")],
          ["engine/position.cpp"]),
    Fault("places of single pixels lie beyond the row", "exec/detail/apply.hpp",
          [("min(x + i, place.last)", "x + i")], ["engine/position.cpp"]),
    Fault("a sweep gets the row of another strip", "exec/line/swept_rows.hpp",
          [("ring.plane(), apart, ring.row()}", "ring.plane(), apart, windows_.follows() ? ring.row() : 0}")],
          ["engine/row.cpp"]),
    Fault("windows get the row below", "exec/line/local_rows.hpp",
          [("at_row(f_, ring_.row())", "at_row(f_, ring_.row() + (ring_.row() > 20))")], ["engine/row.cpp"]),
    Fault("windows of groups of rows begin one row late", "filter/detail/grouped_sums.hpp",
          [("static_cast<int>(first % sum_group)", "static_cast<int>((first + 1) % sum_group)")],
          ["filter/linear/box_float.cpp"]),
    Fault("swept groups of rows begin one row late", "filter/detail/grouped_sums.hpp",
          [("void sums(index_t y, bool follows, Row const& row, S* to) const {",
            "void sums(index_t y, bool follows, Row const& row, S* to) const {\n        ++y;")],
          ["filter/linear/box_float.cpp"]),
    Fault("a strip keeps the last rows of a group of another one", "filter/detail/grouped_sums.hpp",
          [("if (begun == 1 || (!follows && begun > 1))", "if (begun == 1)")], ["filter/linear/box_float.cpp"]),
    Fault("pairs that are multiplied in place are twice too large", "lanes/detail/x86_tap_windows.hpp",
          [("(all[j / 2]))) << shift_;", "(all[j / 2]))) << (shift_ + 1);")], ["lanes/tap_sums.cpp"]),
    Fault("tables of weights skip those that a result lacks", "pipe/shared_taps.hpp",
          [("from += used;", "from += count;")], ["geometry/resize_area.cpp"]),
    Fault("joined passes divide by floats that are too large", "exec/line/byte_sums.hpp",
          [("most_in_float = 4096;", "most_in_float = 1 << 20;")], ["engine/joined_passes.cpp"]),
    Fault("the last step of a joined row is missing", "exec/line/byte_sums.hpp",
          [("if (x < count) f(", "if (x + step < count) f(")], ["geometry/resize_area.cpp"]),
    Fault("passes are joined though the first one rounds", "exec/line/joined_passes.hpp",
          [("shift < least_shift ||", "shift + 20 < least_shift ||")], ["geometry/resize_linear.cpp"]),
    Fault("the fifth of eight warped pixels is the fourth", "lanes/detail/gathered_bytes.hpp",
          [("__builtin_memcpy(to + 12, &high, sizeof high);", "__builtin_memcpy(to + 9, &high, sizeof high);")], ["geometry/warp_affine.cpp"]),
    Fault("the functor of box forgets half of the rows' sum", "filter/linear/box.hpp",
          [("return convert<S>(w.above() + w.template at<S>(0, down) - w.template at<S>(0, -up - 1));",
            "return convert<S>(w.above() + w.template at<S>(0, down) - w.template at<S>(0, -up));")],
          ["filter/linear/box.cpp"]),
    Fault("lines of a stage lack the rows ahead", "exec/line/rows.hpp", [("reach.down += ahead;", "")],
          ["engine/sweep.cpp"]),
    Fault("rows made together are kept for a row that does not follow", "filter/detail/rank_tiles.hpp",
          [("if (!row.follows || kept.row == kept.rows) {", "if (kept.row >= kept.rows) {")],
          ["filter/rank/sorted_tiles.cpp"]),
    Fault("a count of a column includes the place itself", "filter/detail/rank_tiles.hpp",
          [("number_of_true(of_places::load(column + i) < limit);", "number_of_true(of_places::load(column + i) <= limit);")],
          ["filter/rank/sorted_tiles.cpp"]),
    Fault("quads of rows are those of one step before", "filter/detail/rank_networks.hpp",
          [("p.share(n, quad_of(radius - 4),", "p.share(n, quad_of(radius - 2),")], ["filter/rank/median.cpp"]),
    Fault("a reconstruction by four neighbors spreads over corners", "filter/detail/reconstruction.hpp",
          [("static constexpr bool corners = Neighbors == connectivity::eight;", "static constexpr bool corners = true;")],
          ["filter/morphology/reconstruct.cpp"]),
    Fault("a reconstruction forgets the row above a seam", "filter/detail/reconstruction.hpp",
          [("{strips[k].rows_.begin - 1, strips[k].rows_.begin})", "{strips[k].rows_.begin})")],
          ["filter/morphology/reconstruct.cpp"]),
    Fault("a dilation of even sides does not reflect the rectangle", "filter/detail/extrema.hpp",
          [("int const left = turned ? (s.width - 1) / 2 : s.width / 2,", "int const left = s.width / 2,")],
          ["filter/morphology/erode.cpp"]),
    Fault("an edge is wider than a pixel", "feature/detail/edge_strength.hpp",
          [("auto const strongest = m > before", "auto const strongest = m >= before")],
          ["feature/canny.cpp"]),
    Fault("a peak is as high as its neighbor", "feature/detail/collect.hpp",
          [("kept = kept && here > other;", "kept = kept && !(other > here);")], ["feature/fast_corners.cpp"]),
    Fault("corners of tiles are out of order", "feature/detail/collect.hpp",
          [("if (b.across() > 1)", "if (b.across() < 2)")], ["feature/fast_corners.cpp"]),
    Fault("a band fetches a row less", "mpi/mpi.hpp",
          [("interval{part.y, part.bottom()}", "interval{part.y, part.bottom() - 1}")],
          ["mpi/main.cpp", "mpi/band_image.cpp"], [], [], 3),
    Fault("a rectangle goes through no whole band", "mpi/detail/band_seams.hpp",
          [("longer[i] = run.height + (run.last < 0 ? 0 : result[b].rows[static_cast<std::size_t>(run.last)]);",
            "longer[i] = run.height;")], ["mpi/main.cpp", "mpi/segment_bands.cpp"], [], [], 5),
    Fault("components meet by corners at a seam", "mpi/detail/band_seams.hpp",
          [("c == connectivity::eight ? 1 : 0", "1")], ["mpi/main.cpp", "mpi/segment_bands.cpp"], [], [], 5),
    Fault("a component that comes from the band above is cut as if it began here", "mpi/detail/band_labels.hpp",
          [("return of.box.y < rows().begin || of.box.bottom() > rows().end;", "return of.box.bottom() > rows().end;")],
          ["mpi/main.cpp", "mpi/segment_bands.cpp"], [], [], 3),
    Fault("rectangles of two processes in one row keep no order", "mpi/detail/minimum_bands.hpp",
          [("a.box.y != b.box.y ? a.box.y < b.box.y : a.box.x < b.box.x;", "a.box.y < b.box.y;")],
          ["mpi/main.cpp", "mpi/segment_bands.cpp"], [], [], 3),
    Fault("the sides of pixels at a seam are on a boundary", "mpi/regionprops_bands.hpp",
          [("sums[id].half_sides -= covered(run, labels.number[id]);", "(void)covered(run, labels.number[id]), (void)id;")],
          ["mpi/main.cpp", "mpi/regionprops_bands.cpp"], [], [], 3),
    Fault("ranks join their sums from the last one on", "mpi/detail/state_bytes.hpp",
          [("join(upper.owned[0], strip);", "std::swap(upper.owned[0], strip), join(upper.owned[0], strip);")],
          ["mpi/main.cpp", "mpi/mpi_statistics.cpp"], [], [], 3),
]


class Workshop:
    """A copy of the tree, and how the build compiles and links."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        for part in ("include", "tests"):
            shutil.copytree(ROOT / part, folder / part, symlinks=True)
        # Of a source in several programs, the command of the one that has the native instruction set and all libraries.
        self.commands = {
            pathlib.Path(entry["file"]): shlex.split(entry["command"])
            for entry in json.loads((build / "compile_commands.json").read_text())
            if pathlib.Path(entry["file"]).is_relative_to(ROOT / "tests")
            and not re.search(r"test-lanes-|test-io-stb", entry["command"])
        }

    def link_of(self, program):
        link = subprocess.run(["ninja", "-C", self.build, "-t", "commands", "-s", program], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip().split("&&")
        return next(shlex.split(part) for part in link if " -o " in part)

    def compile(self, source, options, tag):
        command = self.commands[ROOT / "tests" / source]
        command = command[next(i for i, word in enumerate(command) if re.search(r"(\+\+|clang|gcc|c\+\+)[\d.-]*$", word)):]
        if "-include" in command:  # the precompiled headers are those of the tree without faults
            at = command.index("-include")
            del command[at:at + 2]
        at = command.index("-o")
        words = [word.replace(str(ROOT / "include"), str(self.folder / "include"))
                 .replace(str(ROOT / "tests"), str(self.folder / "tests")) for word in command[:at] if word != "-Winvalid-pch"]
        result = self.folder / f"{tag}-{source.replace('/', '-')}.o"
        subprocess.run([*words, *options, "-w", "-o", result, "-c", self.folder / "tests" / source], check=True,
                       cwd=self.build)
        return result

    def program(self, fault, tag, jobs):
        sources = [*fault.sources, *(path.relative_to(ROOT / "tests").as_posix()
                                     for path in sorted((ROOT / "tests/support").glob("*.cpp")))]
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            objects = list(pool.map(lambda source: self.compile(source, fault.options, tag), sources))
        result = self.folder / tag
        link = self.link_of("tests/test-mpi" if fault.ranks else "tests/test-engine")
        words = [word for word in link if not word.endswith(".o") and "libquoin_test_support" not in word]
        words[words.index("-o") + 1] = result
        subprocess.run([*words[:1], *fault.options, *objects, *words[1:]], check=True, cwd=self.build)
        return result

    def run(self, fault, tag, jobs):
        """The exit status, and what the program says first of what failed."""
        try:
            program = self.program(fault, tag, jobs)
        except subprocess.CalledProcessError:
            return None, "does not compile"
        try:
            together = ["mpiexec", "-n", str(fault.ranks)] if fault.ranks else []
            done = subprocess.run([*together, program, *fault.only, "--reporter", "compact"], cwd=self.folder, text=True,
                                  errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900,
                                  env={**os.environ, **OPEN_MPI})
            status, text = done.returncode, done.stdout
        except subprocess.TimeoutExpired:
            status, text = 1, "ran too long"
        finally:
            program.unlink()
        found = re.search(r"(SUMMARY: \S*Sanitizer: \S+|runtime error: [^\n]*|[\w/]+\.cpp:\d+: failed)", text)
        return status, found.group(1) if found else text.strip().split("\n")[-1][:60]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a part of the name of a fault; all without one")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    chosen = [f for f in FAULTS if not arguments.names or any(name in f.name for name in arguments.names)]
    missed = 0
    clean = {}  # of the programs without a fault
    with tempfile.TemporaryDirectory() as folder:
        shop = Workshop(arguments.build.resolve(), pathlib.Path(folder))
        for fault in chosen:
            key = (tuple(fault.sources), tuple(fault.options), tuple(fault.only))
            if key not in clean:
                clean[key] = shop.run(fault, "clean", arguments.jobs)
            if clean[key][0] != 0:
                missed += 1
                print(f"FAILS WITHOUT IT  {fault.name}: {clean[key][1]}", flush=True)
                continue
            header = shop.folder / "include/quoin" / fault.file
            text = header.read_text()
            planted = text
            for there, instead in fault.replacements:
                if planted.count(there) != 1:
                    raise SystemExit(f"{fault.name}: {fault.file} has this {planted.count(there)} times: {there}")
                planted = planted.replace(there, instead)
            header.write_text(planted)
            status, said = shop.run(fault, "planted", arguments.jobs)
            header.write_text(text)
            noticed = status not in (0, None)
            missed += not noticed
            print(f"{'noticed' if noticed else 'NOT NOTICED':17} {fault.name} ({fault.file}): "
                  f"{' '.join(fault.sources)}: {said}", flush=True)
    print(f"{len(chosen) - missed} faults noticed, {missed} not")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
