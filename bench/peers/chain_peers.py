# SPDX-License-Identifier: BSL-1.0
"""The chain rgb8 -> gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2) as other libraries are told it, one
thread each: Pillow and cv2 as a script calls them, one function of Numba, a schedule of Halide. peers.py holds them
against quoin and times them."""

JOB = "chain-5<rgb-u8>"


def seed_jobs(images, _):
    """Pillow where it has the step, cv2 with doubles for the derivatives: what one writes first."""
    import cv2
    import numpy
    from PIL import Image, ImageEnhance, ImageFilter

    cv2.setNumThreads(1)
    color = Image.frombytes("RGB", (images.width, images.height), images.color)
    quoins_gray = Image.frombytes("L", color.size, images.expected("gray"))
    outside = numpy.full((3, 3), -0.125)
    outside[1, 1] = 2.0
    blur3 = ImageFilter.Kernel((3, 3), [1, 2, 1, 2, 4, 2, 1, 2, 1], 16)

    def after_gray(gray, blur):
        plane = numpy.array(gray.filter(blur))
        dx, dy = cv2.Sobel(plane, cv2.CV_64F, 1, 0, ksize=3), cv2.Sobel(plane, cv2.CV_64F, 0, 1, ksize=3)
        edges = cv2.convertScaleAbs(numpy.sqrt(dx**2 + dy**2))
        sharp = Image.fromarray(cv2.filter2D(edges, -1, outside))
        return numpy.array(ImageEnhance.Brightness(sharp).enhance(1.2))

    # Pillow's gray has other weights: it is held against quoin's by itself, and the rest is run on quoin's. GaussianBlur is
    # another blur than the chain's: what stands before and after it is what is compared.
    def difference(_result):
        gray = color.convert("L")
        rest = after_gray(quoins_gray, blur3)
        return max(images.difference("gray", gray.tobytes(), 0), images.difference("chain-5", rest.tobytes(), 4))

    def job(name, blur):
        note = f"{name}: gray compared by itself, then the rest with the chain's blur; Pillow leaves the border as it is"
        return JOB, 1, lambda: after_gray(color.convert("L"), blur), difference, 3, note

    yield job("3x3 kernel", blur3)
    yield job("GaussianBlur(1)", ImageFilter.GaussianBlur(1))


def numba_jobs(images, _):
    """All stages in one function and one thread: rings of four lines, the inner loops along them."""
    import numba
    import numpy

    height, width = images.height, images.width
    color = numpy.frombuffer(images.color, numpy.uint8).reshape(height, width, 3)
    out = numpy.empty((height, width), numpy.uint8)
    i32, u32, f32 = numpy.int32, numpy.uint32, numpy.float32

    @numba.njit(inline="always")
    def close(line, width):
        line[0], line[width + 1] = line[2], line[width - 1]

    @numba.njit(inline="always")
    def around(ring, y, height):
        """The lines of the rows y - 1, y and y + 1, reflected at the image's border."""
        return ring[abs(y - 1) % 4], ring[y % 4], ring[(y + 1 if y + 1 < height else height - 2) % 4]

    @numba.njit(nogil=True)
    def chain(source, out):
        height, width = out.shape
        grays = numpy.empty((4, width + 2), numpy.uint8)
        blurred = numpy.empty((4, width + 2), numpy.uint8)
        edges = numpy.empty((4, width + 2), numpy.uint8)
        for row in range(height + 3):
            y = row
            if y < height:
                line, pixels = grays[y % 4], source[y]
                for x in range(width):
                    r, g, b = i32(pixels[x, 0]), i32(pixels[x, 1]), i32(pixels[x, 2])
                    line[x + 1] = (r * i32(9798) + g * i32(19235) + b * i32(3735) + i32(16384)) >> i32(15)
                close(line, width)
            y = row - 1
            if 0 <= y < height:
                a, b, c = around(grays, y, height)
                line = blurred[y % 4]
                for x in range(width):
                    left = i32(a[x]) + i32(2) * i32(b[x]) + i32(c[x])
                    middle = i32(a[x + 1]) + i32(2) * i32(b[x + 1]) + i32(c[x + 1])
                    right = i32(a[x + 2]) + i32(2) * i32(b[x + 2]) + i32(c[x + 2])
                    line[x + 1] = (left + i32(2) * middle + right + i32(8)) >> i32(4)
                close(line, width)
            y = row - 2
            if 0 <= y < height:
                a, b, c = around(blurred, y, height)
                line = edges[y % 4]
                for x in range(width):
                    dx = (i32(a[x + 2]) - i32(a[x])) + i32(2) * (i32(b[x + 2]) - i32(b[x])) + (i32(c[x + 2]) - i32(c[x]))
                    dy = (i32(c[x]) - i32(a[x])) + i32(2) * (i32(c[x + 1]) - i32(a[x + 1])) + (i32(c[x + 2]) - i32(a[x + 2]))
                    length = numpy.sqrt(f32(dx * dx + dy * dy)) + f32(0.5)
                    line[x + 1] = numpy.uint8(i32(min(length, f32(255))))
                close(line, width)
            y = row - 3
            if 0 <= y < height:
                a, b, c = around(edges, y, height)
                line = out[y]
                for x in range(width):
                    others = i32(a[x]) + i32(a[x + 1]) + i32(a[x + 2]) + i32(b[x]) + i32(b[x + 2])
                    others += i32(c[x]) + i32(c[x + 1]) + i32(c[x + 2])
                    sharp = (i32(32) * i32(b[x + 1]) - i32(2) * others + i32(8)) >> i32(4)
                    sharp = min(max(sharp, i32(0)), i32(255))
                    line[x] = min((sharp * i32(6) + i32(2)) // i32(5), i32(255))

    def work():
        chain(color, out)
        return out

    work()
    yield JOB, 1, work, lambda r: images.difference("chain-5", r.tobytes(), 0), 0, "one function"


def halide_jobs(images, _):
    """Strips of rows; in each the lines of three stages in rings, computed as the result asks for them, 32 or 64 pixels a
    vector. The border is written beside the gray lines: a reflected index in the vectors takes three times as long."""
    import halide as hl
    import numpy

    u8, u16, i16, i32, f32 = hl.UInt(8), hl.UInt(16), hl.Int(16), hl.Int(32), hl.Float(32)
    x, y, strip, row = hl.Var("x"), hl.Var("y"), hl.Var("strip"), hl.Var("row")
    source = hl.ImageParam(u8, 3, "source")
    source.dim(0).set_bounds(0, 3).set_stride(1)
    source.dim(1).set_min(0).set_stride(3)
    source.dim(2).set_min(0)
    if images.width % 64 == 0:
        source.dim(1).set_extent(source.dim(1).extent() / 64 * 64)
    width, height = source.dim(1).extent(), source.dim(2).extent()
    gray, blurred, edges, out = (hl.Func(name) for name in ("gray", "blurred", "edges", "out"))

    inside = hl.RDom([(0, width)], "inside")
    beyond = hl.RDom([(1, 3)], "beyond")
    reflected = hl.clamp(hl.select(y < 0, -y, y > height - 1, 2 * (height - 1) - y, y), 0, height - 1)

    def channel(type_, c):
        return hl.cast(type_, source[c, inside.x, reflected])

    # The weights of 15 bits as 256 * high + low, so that 16 bits are enough.
    high = channel(u16, 0) * 38 + channel(u16, 1) * 75 + channel(u16, 2) * 15 + 64
    low = channel(i16, 0) * 70 + channel(i16, 1) * 35 - channel(i16, 2) * 105
    gray[x, y] = hl.undef(u8)
    gray[inside.x, y] = hl.cast(u8, hl.cast(u16, hl.cast(i16, high) + (low >> 8)) >> 7)
    gray[-beyond.x, y] = gray[beyond.x, y]
    gray[width - 1 + beyond.x, y] = gray[width - 1 - beyond.x, y]

    def window(func, type_):
        return lambda dx, dy: hl.cast(type_, func[x + dx, y + dy])

    g, b, e = window(gray, u16), window(blurred, i16), window(edges, i16)
    corners = g(-1, -1) + g(1, -1) + g(-1, 1) + g(1, 1)
    sides = g(0, -1) + g(-1, 0) + g(1, 0) + g(0, 1)
    blurred[x, y] = hl.cast(u8, (corners + 2 * sides + 4 * g(0, 0) + 8) >> 4)
    dx = (b(1, -1) - b(-1, -1)) + 2 * (b(1, 0) - b(-1, 0)) + (b(1, 1) - b(-1, 1))
    dy = (b(-1, 1) - b(-1, -1)) + 2 * (b(0, 1) - b(0, -1)) + (b(1, 1) - b(1, -1))
    square = hl.cast(i32, dx) * hl.cast(i32, dx) + hl.cast(i32, dy) * hl.cast(i32, dy)
    edges[x, y] = hl.cast(u8, hl.min(hl.cast(i32, hl.sqrt(hl.cast(f32, square)) + 0.5), 255))
    others = e(-1, -1) + e(0, -1) + e(1, -1) + e(-1, 0) + e(1, 0) + e(-1, 1) + e(0, 1) + e(1, 1)
    sharp = hl.u8_sat((32 * e(0, 0) - 2 * others + 8) >> 4)
    out[x, y] = hl.u8_sat((hl.cast(u16, sharp) * 6 + 2) / 5)

    out.bound(x, 0, width).split(y, strip, row, 360).vectorize(x, 64)
    for func in (gray, blurred, edges):
        func.store_at(out, strip).compute_at(out, row)
    blurred.vectorize(x, 64)
    edges.vectorize(x, 32)
    gray.update(0).vectorize(inside.x, 32)
    for border in (1, 2):
        gray.update(border).unroll(beyond.x)
    out.compile_jit(hl.get_host_target())

    color = numpy.frombuffer(images.color, numpy.uint8).reshape(images.height, images.width, 3).copy()
    result = numpy.zeros((images.height, images.width), numpy.uint8)
    to = hl.Buffer(result)

    def work():
        source.set(hl.Buffer(color))  # which does not keep the array
        out.realize(to)
        return result

    yield JOB, 1, work, lambda r: images.difference("chain-5", r.tobytes(), 0), 0, "one schedule"
