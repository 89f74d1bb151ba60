import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { backend_util } from '@tensorflow/tfjs-core';
import { emscripten } from './emscripten.ts';
import { tileColumns, tileRows } from './programs/tile.ts';
import { type Programs, programsFor } from './programs.ts';
import { scratchMemory } from './scratch-memory.ts';

/** Images [height x width x channels] and the windows that a filter sees of them. Lengths are numbers of pixels. */
export interface Windows {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly top: number;
  readonly left: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** Throws a RangeError for dilated filters and for images with channels first, which no network of ours has. */
export function windowsOf(info: backend_util.Conv2DInfo): Windows {
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1 || info.dataFormat !== 'channelsLast') {
    throw new RangeError('convolutions are trained without dilation and with channels last');
  }
  return {
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
  };
}

/** A zero-framed image, large enough that no window reaches over its edge; `step` pixels between two that are copied in. */
interface Frame {
  readonly address: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly top: number;
  readonly left: number;
  readonly stepHeight: number;
  readonly stepWidth: number;
}

const frameBytes = ({ height, width, channels }: Omit<Frame, 'address'>): number => 4 * height * width * channels;

function clear(backend: BackendWasm, frame: Frame): void {
  const from = frame.address / 4;
  emscripten(backend).HEAPF32.fill(0, from, from + frameBytes(frame) / 4);
}

/** Copies an image [height x width x channels] into the frame, which keeps its zeros elsewhere. */
function place(backend: BackendWasm, frame: Frame, image: number, height: number, width: number): void {
  const heap = emscripten(backend).HEAPF32;
  const { channels } = frame;
  for (let y = 0; y < height; y++) {
    const from = image / 4 + y * width * channels;
    const to = frame.address / 4 + ((frame.top + y * frame.stepHeight) * frame.width + frame.left) * channels;
    if (frame.stepWidth === 1) heap.copyWithin(to, from, from + width * channels);
    else {
      for (let x = 0; x < width; x++) {
        const at = from + x * channels;
        heap.copyWithin(to + x * frame.stepWidth * channels, at, at + channels);
      }
    }
  }
}

const aligned = (bytes: number) => Math.ceil(bytes / 16) * 16;
const padded = (columns: number) => Math.ceil(columns / tileColumns) * tileColumns;

/**
 * out [images x outHeight x outWidth x filters] = windows of x [images x height x width x channels] times kernel [filterHeight x
 * filterWidth x channels x filters] + bias [filters]. Every image is put into a frame of zeros and multiplied where it lies there.
 * x, kernel, out and bias are addresses.
 */
export function convolve(
  backend: BackendWasm,
  windows: Windows,
  images: number,
  filters: number,
  x: number,
  kernel: number,
  out: number,
  bias?: number,
): void {
  const { height, width, channels } = windows;
  const frame = {
    height: Math.max(height + windows.top, (windows.outHeight - 1) * windows.strideHeight + windows.filterHeight),
    width: Math.max(width + windows.left, (windows.outWidth - 1) * windows.strideWidth + windows.filterWidth),
    channels,
    top: windows.top,
    left: windows.left,
    stepHeight: 1,
    stepWidth: 1,
  };
  const inner = windows.filterHeight * windows.filterWidth * channels;
  slide(
    backend,
    windows,
    frame,
    { images, imageHeight: height, imageWidth: width },
    x,
    out,
    filters,
    (heap, panels) => {
      packKernel(heap, kernel, panels, inner, filters, bias);
    },
  );
}

/** d loss / d x from `slope`, d loss / d out: slopes spread out by the stride, seen through the filters turned round. */
export function convolveBack(
  backend: BackendWasm,
  windows: Windows,
  images: number,
  filters: number,
  slope: number,
  kernel: number,
  out: number,
): void {
  const { height, width, channels, filterHeight, filterWidth, outHeight, outWidth } = windows;
  const back: Windows = {
    ...{ height: outHeight, width: outWidth, channels: filters, filterHeight, filterWidth },
    ...{ strideHeight: 1, strideWidth: 1, top: filterHeight - 1 - windows.top, left: filterWidth - 1 - windows.left },
    ...{ outHeight: height, outWidth: width },
  };
  const frame = {
    height: height + filterHeight - 1,
    width: width + filterWidth - 1,
    channels: filters,
    top: back.top,
    left: back.left,
    stepHeight: windows.strideHeight,
    stepWidth: windows.strideWidth,
  };
  const source = { images, imageHeight: outHeight, imageWidth: outWidth };
  slide(backend, back, frame, source, slope, out, channels, (heap, panels) => {
    packTurnedKernel(heap, kernel, panels, filterHeight * filterWidth, channels, filters);
  });
}

interface Source {
  readonly images: number;
  readonly imageHeight: number;
  readonly imageWidth: number;
}

/** Both directions: `pack` lays out the kernel by panels of 8 columns, with what their sums begin with behind each. */
function slide(
  backend: BackendWasm,
  windows: Windows,
  shape: Omit<Frame, 'address'>,
  { images, imageHeight, imageWidth }: Source,
  from: number,
  out: number,
  columns: number,
  pack: (heap: Float32Array, panels: number) => void,
): void {
  if (images === 0) return;
  const { filterHeight, filterWidth, outHeight, outWidth } = windows;
  const inner = filterHeight * filterWidth * shape.channels;
  const panelBytes = 4 * tileColumns * (inner + 1);
  const panelCount = padded(columns) / tileColumns;
  const edgeBytes = 4 * outWidth * tileColumns;
  const panels = scratchMemory(backend, panelBytes * panelCount + edgeBytes + aligned(frameBytes(shape)));
  const edge = panels + panelBytes * panelCount;
  const frame: Frame = { ...shape, address: edge + edgeBytes };
  const heap = emscripten(backend).HEAPF32;
  const programs = programsFor(backend);
  pack(heap, panels);
  clear(backend, frame);
  const imageBytes = 4 * imageHeight * imageWidth * shape.channels;
  const rowBytes = 4 * frame.width * frame.channels;
  const pixelBytes = 4 * frame.channels * windows.strideWidth;
  for (let image = 0; image < images; image++) {
    place(backend, frame, from + image * imageBytes, imageHeight, imageWidth);
    for (let p = 0; p < panelCount; p++) {
      const panel = panels + p * panelBytes;
      const width = Math.min(tileColumns, columns - p * tileColumns);
      for (let y = 0; y < outHeight; y++) {
        const to = out + 4 * ((image * outHeight + y) * outWidth * columns + p * tileColumns);
        const whole = width === tileColumns;
        multiplyWindows(programs, {
          a: frame.address + y * windows.strideHeight * rowBytes,
          aRow: pixelBytes,
          aInner: 4,
          aSegment: rowBytes,
          panel,
          start: panel + panelBytes - 4 * tileColumns,
          startRow: 0,
          c: whole ? to : edge,
          cRow: whole ? 4 * columns : 4 * tileColumns,
          rows: outWidth,
          inner: filterWidth * shape.channels,
          segments: filterHeight,
        });
        if (!whole) copyEdge(heap, edge, outWidth, width, to, columns);
      }
    }
  }
}

/** d loss / d kernel, [filterHeight x filterWidth x channels x filters], summed over the images. x, slope, out are addresses. */
export function kernelSlope(
  backend: BackendWasm,
  windows: Windows,
  images: number,
  filters: number,
  x: number,
  slope: number,
  out: number,
): void {
  const { height, width, channels, filterHeight, filterWidth, outHeight, outWidth } = windows;
  const shape = {
    height: Math.max(height + windows.top, (outHeight - 1) * windows.strideHeight + filterHeight),
    width: Math.max(width + windows.left, (outWidth - 1) * windows.strideWidth + filterWidth),
    ...{ channels, top: windows.top, left: windows.left, stepHeight: 1, stepWidth: 1 },
  };
  const pixels = outHeight * outWidth;
  const columns = padded(filters);
  const inner = filterHeight * filterWidth * channels;
  const [panelBytes, sumBytes] = [4 * tileColumns * pixels, 4 * inner * columns];
  const panel = scratchMemory(backend, panelBytes + sumBytes + aligned(frameBytes(shape)));
  const sums = panel + panelBytes;
  const frame: Frame = { ...shape, address: sums + sumBytes };
  const heap = emscripten(backend).HEAPF32;
  const programs = programsFor(backend);
  clear(backend, frame);
  heap.fill(0, sums / 4, (sums + sumBytes) / 4);
  const rowBytes = 4 * frame.width * channels;
  for (let image = 0; image < images; image++) {
    place(backend, frame, x + 4 * image * height * width * channels, height, width);
    for (let column = 0; column < filters; column += tileColumns) {
      packSlopes(
        programs,
        heap,
        slope + 4 * (image * pixels * filters + column),
        pixels,
        filters,
        filters - column,
        panel,
      );
      for (let ky = 0; ky < filterHeight; ky++) {
        const c = sums + 4 * (ky * filterWidth * channels * columns + column);
        multiplyWindows(programs, {
          a: frame.address + ky * rowBytes,
          aRow: 4,
          aInner: 4 * windows.strideWidth * channels,
          aSegment: windows.strideHeight * rowBytes,
          panel,
          start: c,
          startRow: 4 * columns,
          c,
          cRow: 4 * columns,
          rows: filterWidth * channels,
          inner: outWidth,
          segments: outHeight,
        });
      }
    }
  }
  copyEdge(heap, sums, inner, filters, out, filters, columns);
}

/** The arguments of a `convolve` program: see there. */
interface WindowProduct {
  readonly a: number;
  readonly aRow: number;
  readonly aInner: number;
  readonly aSegment: number;
  readonly panel: number;
  readonly start: number;
  readonly startRow: number;
  readonly c: number;
  readonly cRow: number;
  readonly rows: number;
  readonly inner: number;
  readonly segments: number;
}

const rest = ['convolve1', 'convolve1', 'convolve2', 'convolve3'] as const;

/** Rows four by four, then what is left of them at once. */
function multiplyWindows(programs: Programs, product: WindowProduct): void {
  const { a, aRow, aInner, aSegment, panel, start, startRow, c, cRow, rows, inner, segments } = product;
  const left = rows % tileRows;
  const tiled = rows - left;
  if (tiled > 0) {
    const block = aRow * tileRows;
    programs.convolve4(a, aRow, aInner, block, aSegment, panel, start, startRow, c, cRow, tiled, inner, segments);
  }
  if (left > 0) {
    const [from, begin, to] = [a + tiled * aRow, start + tiled * startRow, c + tiled * cRow];
    programs[rest[left]](from, aRow, aInner, 0, aSegment, panel, begin, startRow, to, cRow, left, inner, segments);
  }
}

/** kernel [inner x filters] into panels [inner + 1 x 8], the bias last. */
function packKernel(heap: Float32Array, kernel: number, panels: number, inner: number, filters: number, bias?: number) {
  let to = panels / 4;
  for (let column = 0; column < padded(filters); column += tileColumns) {
    for (let k = 0; k <= inner; k++) {
      const from = k < inner ? kernel / 4 + k * filters : bias ? bias / 4 : undefined;
      for (let j = column; j < column + tileColumns; j++) {
        heap[to++] = from !== undefined && j < filters ? heap[from + j] : 0;
      }
    }
  }
}

/** kernel [places x channels x filters] into panels [places x filters + 1 x 8 of the channels], the places in reverse order. */
function packTurnedKernel(
  heap: Float32Array,
  kernel: number,
  panels: number,
  places: number,
  channels: number,
  filters: number,
): void {
  let to = panels / 4;
  for (let column = 0; column < padded(channels); column += tileColumns) {
    for (let place = places - 1; place >= 0; place--) {
      for (let filter = 0; filter < filters; filter++) {
        for (let j = column; j < column + tileColumns; j++) {
          heap[to++] = j < channels ? heap[kernel / 4 + (place * channels + j) * filters + filter] : 0;
        }
      }
    }
    heap.fill(0, to, to + tileColumns);
    to += tileColumns;
  }
}

/** The next 8 columns of slopes [pixels x filters] side by side, zeros where there are fewer. */
function packSlopes(
  programs: Programs,
  heap: Float32Array,
  slope: number,
  pixels: number,
  filters: number,
  width: number,
  panel: number,
): void {
  if (width >= tileColumns) {
    programs.packPanelRows(slope, 4 * filters, panel, pixels);
    return;
  }
  heap.fill(0, panel / 4, panel / 4 + pixels * tileColumns);
  copyEdge(heap, slope, pixels, width, panel, tileColumns, filters);
}

/** [rows x width] from rows of `stride` floats to rows of `columns` floats. */
function copyEdge(
  heap: Float32Array,
  from: number,
  rows: number,
  width: number,
  to: number,
  columns: number,
  stride = tileColumns,
): void {
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < width; j++) heap[to / 4 + row * columns + j] = heap[from / 4 + row * stride + j];
  }
}
