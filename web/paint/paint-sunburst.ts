/**
 * A sunburst on a canvas: arcs, then the lines of estimates, then labels along the arcs, then the middle.
 *
 * Spaces: unit x and depth (blocks) → angle and ring by camera and `SunburstGeometry` → device pixels.
 */
import { type BlockFills, type FillSet, getBlockFills } from '../../shared/color/fills.ts';
import { PALETTES, type Theme } from '../../shared/color/palette.ts';
import { type BlockIndex, BlockKind } from '../../shared/layout/blocks.ts';
import { findFirstEndingAfter } from '../../shared/layout/pick.ts';
import { LetterWidths, paintArcText } from './arc-text.ts';
import { type BlockLabel, fitMiddle } from './label.ts';
import type { PaintContext } from './paint-icicle.ts';
import { Flag, isInHole, type Layer, type Marks, project } from './scene.ts';
import { getAngle, type SunburstGeometry } from './sunburst-geometry.ts';
import type { Fonts, TextMeasure } from './text.ts';

/** What painting arcs needs of a 2D context. */
export interface ArcContext extends PaintContext {
  textAlign: CanvasTextAlign;
  closePath(): void;
  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise?: boolean): void;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
}

/** What stands in the middle. */
export interface CenterText {
  /** With its module and without it: the first that fits. */
  readonly names: readonly string[];
  readonly time: string;
  readonly share: string;
  /** Caller to go out to, or `''`. */
  readonly above: string;
}

/** Everything one picture of the sunburst is made from. */
export interface SunburstFrame {
  readonly geometry: SunburstGeometry;
  readonly theme: Theme;
  readonly fonts: Fonts;
  readonly layers: readonly Layer[];
  readonly center: CenterText;
  /** 0 while a zoom is on its way, up to 1 as what stands in the middle comes in. */
  readonly labelAlpha: number;
  /** Lines over estimated arcs, of a colour. */
  readonly getHatch: (color: string) => CanvasPattern;
  /** Labels along the arcs: letters that turn with every frame. */
  readonly hasLabels: boolean;
}

/** A piece of a ring; angles from twelve o'clock. */
interface Arc {
  readonly from: number;
  readonly to: number;
  readonly inner: number;
  readonly outer: number;
}

const TURN = Math.PI * 2;
const FULL: Arc = { from: 0, to: TURN, inner: Infinity, outer: Infinity };
/** Canvas angles start at three o'clock. */
const TWELVE = -Math.PI / 2;
/** Surface on each side of an arc, and the most of it that may go to that. */
const HALF_GAP = 0.5;
const MOST_GAP = 0.3;
/** Width of the band round a function that calls nothing. */
const LONELY = 8;
const LABEL_PAD = 12;
const LEAST_ROOM = 26;
const HATCH_FROM = 9;
const MATCH_FROM = 4;
const MATCH_LINE = 2;
/** Middle of 12 px letters above their baseline. */
const RISE = 4;
const FRINGE = { away: 4, width: 3, dash: [1, 3] };
const CENTER_FONTS = { name: '600 13px', time: '600 22px', share: '400 12px', above: '400 11px' };

/** Draws a whole frame. */
export function paintSunburst(context: ArcContext, measure: TextMeasure, frame: SunburstFrame): void {
  new SunburstPainter(context, measure, frame).paint();
}

/** Draws the marks of a picture at rest over a cleared canvas, in the order of their precedence. */
export function paintArcMarks(
  context: ArcContext,
  g: SunburstGeometry,
  theme: Theme,
  layer: Layer,
  marks: Marks,
): void {
  const palette = PALETTES[theme];
  context.clearRect(0, 0, g.width, g.height);
  const outline = (block: BlockIndex, width: number, color: string, inset = 0): void => {
    const arc = getArc(g, layer, block);
    if (!arc) return;
    addArc(context, g, { ...arc, inner: arc.inner + inset, outer: arc.outer - inset }, inset);
    context.lineWidth = width * g.dpr;
    context.strokeStyle = color;
    context.stroke();
  };
  for (const block of marks.same) {
    if (block !== marks.selected && block !== marks.hovered) outline(block, 1, palette.select);
  }
  if (marks.selected >= 0) {
    outline(marks.selected, 1, palette.selectHalo, 1.5 * g.dpr);
    outline(marks.selected, 2, palette.select);
  }
  if (marks.hovered >= 0) outline(marks.hovered, 2, palette.hover);
}

class SunburstPainter {
  readonly #context: ArcContext;
  readonly #measure: TextMeasure;
  readonly #letters: LetterWidths;
  readonly #frame: SunburstFrame;
  readonly #fills: BlockFills;
  readonly #hatched = new Map<string, Arc[]>();
  readonly #labels: (() => void)[] = [];

  constructor(context: ArcContext, measure: TextMeasure, frame: SunburstFrame) {
    this.#context = context;
    this.#measure = measure;
    this.#letters = new LetterWidths(measure);
    this.#frame = frame;
    this.#fills = getBlockFills(frame.theme);
  }

  paint(): void {
    const { geometry: g, theme, layers, labelAlpha } = this.#frame;
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.globalAlpha = 1;
    this.#context.fillStyle = PALETTES[theme].surface;
    this.#context.fillRect(0, 0, g.width, g.height);
    for (const layer of layers) this.#paintLayer(layer);
    this.#paintHatch();
    if (labelAlpha === 1) for (const layer of layers) this.#paintFringe(layer);
    this.#context.globalAlpha = labelAlpha;
    for (const paintLabel of this.#labels) paintLabel();
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    if (labelAlpha > 0) this.#paintCenter();
    this.#context.globalAlpha = 1;
  }

  #paintLayer(layer: Layer): void {
    const { blocks, color } = layer.scene;
    const { geometry: g } = this.#frame;
    // Nothing is called from here: a band round the middle says whose all the time is.
    if (blocks.maxDepth === 0 && blocks.value[0]! > 0)
      this.#paintLine(g.inner + (LONELY * g.dpr) / 2, LONELY * g.dpr, this.#fills.lit.plain[color[0]!]!, FULL);
    for (let depth = 0; depth <= blocks.maxDepth; depth++) {
      const end = blocks.rowStart[depth + 1]!;
      for (let block = findFirstEndingAfter(blocks, layer.camera.from, depth); block < end; block++) {
        if (blocks.x0[block]! >= layer.camera.to) break;
        if (isInHole(blocks, layer.hole, block)) continue;
        const arc = getArc(g, layer, block);
        if (arc) this.#paintBlock(layer, block, arc);
      }
    }
  }

  #paintBlock({ scene }: Layer, block: BlockIndex, arc: Arc): void {
    const { geometry: g, theme, labelAlpha, hasLabels } = this.#frame;
    const flags = scene.flags[block]!;
    const kind = scene.blocks.kind[block]!;
    const set = flags & Flag.dim ? this.#fills.dim : this.#fills.lit;
    const color = scene.color[block]!;
    const isEstimated = (flags & Flag.estimated) !== 0 && kind !== BlockKind.self;
    if (kind !== BlockKind.unrecorded) {
      const ground = kind === BlockKind.self ? set.self : isEstimated ? set.estimated : set.plain;
      this.#context.fillStyle = kind === BlockKind.gathered ? PALETTES[theme].gathered : ground[color]!;
      addArc(this.#context, g, arc);
      this.#context.fill();
    }
    const length = (arc.to - arc.from) * arc.inner;
    if (kind === BlockKind.gathered) this.#paintLine(arc.inner + 0.5 * g.dpr, g.dpr, set.gatheredLine, arc);
    else if (isEstimated && length >= HATCH_FROM * g.dpr) {
      const arcs = this.#hatched.get(set.lines[color]!);
      if (arcs) arcs.push(arc);
      else this.#hatched.set(set.lines[color]!, [arc]);
    }
    if (flags & Flag.match && length >= MATCH_FROM * g.dpr)
      this.#paintLine(arc.inner + g.dpr, MATCH_LINE * g.dpr, PALETTES[theme].match, arc);
    if (hasLabels && labelAlpha > 0 && arc.outer - arc.inner > g.ring / 2)
      this.#addLabel(scene.label(block), kind, set, arc);
  }

  #paintLine(radius: number, width: number, color: string, arc: Arc): void {
    const { geometry: g } = this.#frame;
    const gap = getGap(g, arc, arc.inner);
    this.#context.beginPath();
    this.#context.arc(g.centerX, g.centerY, radius, TWELVE + arc.from + gap, TWELVE + arc.to - gap);
    this.#context.lineWidth = width;
    this.#context.strokeStyle = color;
    this.#context.stroke();
  }

  #addLabel(label: BlockLabel, kind: number, set: FillSet, arc: Arc): void {
    const { geometry: g, fonts } = this.#frame;
    const radius = (arc.inner + arc.outer) / 2;
    const room = Math.min(arc.to - arc.from, TURN) * radius - LABEL_PAD * g.dpr;
    if (room < LEAST_ROOM * g.dpr) return;
    const isDim = set === this.#fills.dim;
    const font = 'texts' in label || !label.strong || isDim ? fonts.normal : fonts.strong;
    const text = this.#fitText(label, room, font);
    if (text === '') return;
    const color = 'texts' in label && kind !== BlockKind.recursion ? set.quiet : set.label;
    const place = { x: g.centerX, y: g.centerY, radius, angle: (arc.from + arc.to) / 2, rise: RISE * g.dpr };
    this.#labels.push(() => {
      this.#context.fillStyle = color;
      paintArcText(this.#context, this.#letters, text, font, place);
    });
  }

  #fitText(label: BlockLabel, room: number, font: string): string {
    const fits = (text: string): boolean => this.#letters.width(text, font) <= room;
    if ('texts' in label) return label.texts.find(fits) ?? '';
    const full = `${label.name}  ${label.time}`;
    return fits(full) ? full : fitMiddle(this.#letters, label.name, room, font);
  }

  /** The lines of one colour at a time. */
  #paintHatch(): void {
    const { geometry: g, getHatch } = this.#frame;
    for (const [color, arcs] of this.#hatched) {
      this.#context.beginPath();
      for (const arc of arcs) addArcPath(this.#context, g, arc);
      this.#context.fillStyle = getHatch(color);
      this.#context.fill();
    }
  }

  /** Dots outside of arcs that go deeper than the rings; a whole line where a search matches down there. */
  #paintFringe(layer: Layer): void {
    const { geometry: g, theme } = this.#frame;
    const { blocks } = layer.scene;
    if (g.rings === 0 || blocks.maxDepth <= g.rings) return;
    const deeper = new Set<BlockIndex>();
    const lit = findParentsOfMatches(layer.scene, g.rings);
    for (let i = blocks.rowStart[g.rings + 1]!; i < blocks.rowStart[g.rings + 2]!; i++) deeper.add(blocks.parent[i]!);
    const dash = FRINGE.dash.map((length) => length * g.dpr);
    for (const block of deeper) {
      const arc = getArc(g, layer, block);
      if (!arc) continue;
      const isLit = lit.has(block);
      this.#context.setLineDash(isLit ? [] : dash);
      const color = isLit ? PALETTES[theme].match : PALETTES[theme].lineStrong;
      this.#paintLine(arc.outer + g.gap + FRINGE.away * g.dpr, (isLit ? MATCH_LINE : FRINGE.width) * g.dpr, color, arc);
    }
    this.#context.setLineDash([]);
  }

  #paintCenter(): void {
    const { geometry: g, theme, center, fonts } = this.#frame;
    const palette = PALETTES[theme];
    const family = fonts.normal.slice(fonts.normal.indexOf('px ') + 3);
    const line = (texts: readonly string[], font: string, color: string, y: number, wide: number): void => {
      const sized = `${font.replace(/(\d+)px/, (_, size: string) => `${Number(size) * g.dpr}px`)} ${family}`;
      const room = g.inner * wide;
      const whole = texts.find((text) => this.#measure.width(text, sized) <= room);
      const fitted = whole ?? fitMiddle(this.#measure, texts.at(-1)!, room, sized);
      this.#context.font = sized;
      this.#context.fillStyle = color;
      this.#context.fillText(fitted, Math.round(g.centerX), Math.round(g.centerY + y * g.dpr));
    };
    this.#context.textAlign = 'center';
    line(center.names, CENTER_FONTS.name, palette.ink1, -20, 1.6);
    line([center.time], CENTER_FONTS.time, palette.ink1, 5, 1.9);
    line([center.share], CENTER_FONTS.share, palette.ink2, 24, 1.7);
    if (center.above !== '') line([center.above], CENTER_FONTS.above, palette.ink3, 42, 1.2);
    this.#context.textAlign = 'left';
  }
}

/** Blocks with a match below the last ring: those of the rings, and all on the way down to the matches. */
function findParentsOfMatches({ blocks, flags }: Layer['scene'], rings: number): ReadonlySet<BlockIndex> {
  const parents = new Set<BlockIndex>();
  // Rows come from top to bottom: a block's own turn comes after that of everything below it.
  for (let i = blocks.length - 1; i >= blocks.rowStart[rings + 1]!; i--) {
    if (flags[i]! & Flag.match || parents.has(i)) parents.add(blocks.parent[i]!);
  }
  return parents;
}

/** A block's arc under a layer's camera; null for what is in the middle, outside, or turned away. */
function getArc(g: SunburstGeometry, layer: Layer, block: BlockIndex): Arc | null {
  const { blocks } = layer.scene;
  const ring = blocks.depth[block]! - layer.camera.top - 1;
  if (ring <= -1 || ring >= g.rings) return null;
  const within = (x: number): number => Math.min(1, Math.max(0, project(layer.camera, x)));
  const from = getAngle(within(blocks.x0[block]!));
  const to = getAngle(within(blocks.x1[block]!));
  const edge = (radius: number): number => Math.min(g.inner + g.rings * g.ring, Math.max(g.inner, radius));
  const inner = edge(g.inner + ring * g.ring);
  const outer = edge(g.inner + (ring + 1) * g.ring) - g.gap;
  return to > from && outer > inner ? { from, to, inner, outer } : null;
}

/** True for arcs that close their ring but for less than a pixel: a seam would say that something is there. */
function isFullTurn(g: SunburstGeometry, arc: Arc): boolean {
  return (TURN - (arc.to - arc.from)) * arc.outer < g.dpr;
}

function getGap(g: SunburstGeometry, arc: Arc, radius: number): number {
  return isFullTurn(g, arc) ? 0 : Math.min((arc.to - arc.from) * MOST_GAP, (HALF_GAP * g.dpr) / radius);
}

function addArc(context: ArcContext, g: SunburstGeometry, arc: Arc, inset = 0): void {
  context.beginPath();
  addArcPath(context, g, arc, inset);
}

/** Adds the outline of an arc, or of a whole ring; the gap at its sides is equally wide at both radii. */
function addArcPath(context: ArcContext, g: SunburstGeometry, arc: Arc, inset = 0): void {
  const { centerX: x, centerY: y } = g;
  if (isFullTurn(g, arc)) {
    context.moveTo(x + arc.outer, y);
    context.arc(x, y, arc.outer, 0, TURN);
    context.closePath();
    context.moveTo(x + arc.inner, y);
    context.arc(x, y, arc.inner, TURN, 0, true);
    context.closePath();
    return;
  }
  const side = (radius: number): number => getGap(g, arc, radius) + inset / radius;
  const [near, far] = [side(arc.inner), side(arc.outer)];
  const start = TWELVE + arc.from + far;
  const end = TWELVE + arc.from + near;
  context.moveTo(x + arc.outer * Math.cos(start), y + arc.outer * Math.sin(start));
  context.arc(x, y, arc.outer, start, Math.max(start, TWELVE + arc.to - far));
  context.arc(x, y, arc.inner, Math.max(end, TWELVE + arc.to - near), end, true);
  context.closePath();
}
