import { EYES, MOUTH, BROW_Y, markup } from './drawing';
import { eyePaths } from './eyeShape';
import { mouthPaths } from './mouthShape';
import type { Persona } from './persona';
import { looksDifferent, REST, type Pose } from './pose';

const SVG = 'http://www.w3.org/2000/svg';

let instances = 0;

/** The drawn face. Builds once; `apply` writes only attributes that changed. */
export class Rig {
  readonly element: SVGSVGElement;
  private readonly parts = new Map<string, SVGElement>();
  /** What stands in each part's attributes, so that only what changed is written. */
  private readonly written = new Map<string, Record<string, string>>();
  private drawn: Pose | null = null;

  constructor(persona: Persona) {
    instances += 1;
    this.element = document.createElementNS(SVG, 'svg');
    this.element.setAttribute('viewBox', '60 50 520 520');
    this.element.setAttribute('preserveAspectRatio', 'xMidYMax meet');
    this.element.setAttribute('aria-hidden', 'true');
    this.element.setAttribute('focusable', 'false');
    this.element.innerHTML = markup(persona, `aila-rig-${String(instances)}`);
    for (const part of this.element.querySelectorAll<SVGElement>('[data-part]')) {
      const name = part.dataset['part'] ?? '';
      this.parts.set(name, part);
      this.written.set(name, {});
    }
    this.apply(REST);
  }

  apply(pose: Pose): void {
    if (this.drawn !== null && !looksDifferent(pose, this.drawn)) return;
    this.drawn = pose;
    const { yaw, pitch } = pose;
    const scale = 1 + 0.045 * pose.lean;
    const lift = -2.4 * pose.breath;
    this.move('figure', 0, 0, `translate(${px(320 - 320 * scale)} ${px(640 - 640 * scale + 6 * pose.lean)}) scale(${scale.toFixed(4)})`);
    this.move('body', 0, lift);
    const roll = `rotate(${pose.roll.toFixed(2)} 320 420)`;
    this.move('head', yaw * 9, pitch * 8 + lift, roll);
    // Behind the body, and yet part of the head: it hangs, so it turns less.
    this.move('rear', yaw * 2, pitch * 4 + lift, roll);
    this.move('ears', -yaw * 6, -pitch * 4);
    this.move('front', yaw * 7, pitch * 6);
    this.move('brows', yaw * 13, pitch * 10);
    this.move('eyes', yaw * 14, pitch * 11);
    this.move('nose', yaw * 20, pitch * 15);
    this.move('mouth', yaw * 15, pitch * 12, `translate(${String(MOUTH.x)} ${String(MOUTH.y)})`);
    this.move('cheeks', yaw * 13, pitch * 8);
    this.drawBrows(pose);
    this.drawLids(pose.blink, pose.squint);
    for (const eye of EYES) this.drawGaze(eye.side, eye.mirrored, pose);
    this.drawMouth(pose);
  }

  private drawBrows(pose: Pose): void {
    const raise = -9 * pose.brow;
    this.set('brow-right', 'transform', `translate(${String(EYES[0].x)} ${px(BROW_Y + raise - 5 * pose.browTilt)}) rotate(${px(-3 * pose.browTilt)})`);
    this.set('brow-left', 'transform', `translate(${String(EYES[1].x)} ${px(BROW_Y + raise + 2 * pose.browTilt)}) scale(-1 1)`);
  }

  private drawLids(blink: number, squint: number): void {
    const paths = eyePaths(blink, squint);
    for (const { side } of EYES) {
      this.set(`white-${side}`, 'd', paths.white);
      this.set(`clip-${side}`, 'd', paths.white);
      this.set(`lid-${side}`, 'd', paths.upperLid);
      this.set(`crease-${side}`, 'd', paths.crease);
    }
  }

  private drawGaze(side: string, mirrored: boolean, pose: Pose): void {
    const x = pose.gazeX * 6.5 * (mirrored ? -1 : 1);
    const y = pose.gazeY * 4.5 - 0.5;
    this.set(`iris-${side}`, 'transform', `translate(${px(x)} ${px(y)})`);
    // The light comes from one side: on the mirrored eye its reflection is not mirrored.
    this.set(`light-${side}`, 'transform', `translate(${px(x + (mirrored ? 4 : -4))} ${px(y - 5)})`);
  }

  private drawMouth({ mouth, smile }: Pose): void {
    const paths = mouthPaths(mouth, smile);
    const ajar = paths.openness > 0.03;
    this.set('lips', 'd', paths.lips);
    this.set('opening', 'd', paths.opening);
    this.set('mouth-clip', 'd', paths.opening);
    this.set('lip-line', 'd', paths.line);
    this.set('inside', 'opacity', ajar ? '1' : '0');
    this.set('lip-line', 'opacity', ajar ? '0' : '1');
    this.set('teeth', 'd', paths.teeth);
    this.set('teeth', 'opacity', Math.min(1, 0.35 + mouth.teeth + 3 * paths.grin).toFixed(2));
    this.set('tongue', 'transform', `translate(0 ${px(paths.tongueY)})`);
    this.set('folds', 'opacity', (0.6 * Math.max(0, smile - 0.4)).toFixed(2));
  }

  private move(part: string, x: number, y: number, then = ''): void {
    this.set(part, 'transform', `translate(${px(x)} ${px(y)}) ${then}`.trim());
  }

  private set(part: string, attribute: string, value: string): void {
    const written = this.written.get(part);
    if (written === undefined || written[attribute] === value) return;
    written[attribute] = value;
    this.parts.get(part)?.setAttribute(attribute, value);
  }
}

/** A tenth of a unit is at most a seventh of a pixel on a laptop: finer steps are painted, and not seen. */
const px = (value: number) => (Math.round(value * 10) / 10).toString();
