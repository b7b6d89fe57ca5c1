import { eyePaths } from './eyeShape';
import { mouthPaths } from './mouthShape';
import type { Persona } from './persona';
import { looksDifferent, REST, type Pose } from './pose';

const SVG = 'http://www.w3.org/2000/svg';
const EYES = [{ side: 'right', x: 270, mirrored: false }, { side: 'left', x: 370, mirrored: true }] as const;
const EYE_Y = 252;
const MOUTH = { x: 320, y: 344 };

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
    this.move('head', yaw * 9, pitch * 8 + lift, `rotate(${pose.roll.toFixed(2)} 320 420)`);
    this.move('rear', -yaw * 8, -pitch * 4);
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
    this.set('brow-right', 'transform', `translate(270 ${px(213 + raise - 5 * pose.browTilt)}) rotate(${px(-3 * pose.browTilt)})`);
    this.set('brow-left', 'transform', `translate(370 ${px(213 + raise + 2 * pose.browTilt)}) scale(-1 1)`);
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
    const ajar = paths.openness > 0.04;
    this.set('lips', 'd', paths.lips);
    this.set('opening', 'd', paths.opening);
    this.set('mouth-clip', 'd', paths.opening);
    this.set('lip-line', 'd', paths.line);
    this.set('inside', 'opacity', ajar ? '1' : '0');
    this.set('lip-line', 'opacity', ajar ? '0' : '1');
    this.set('teeth', 'transform', `translate(0 ${px(paths.teethY)})`);
    this.set('teeth', 'opacity', Math.min(1, 0.35 + mouth.teeth).toFixed(2));
    this.set('tongue', 'transform', `translate(0 ${px(paths.tongueY)})`);
    this.set('folds', 'opacity', Math.max(0, smile - 0.35).toFixed(2));
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

function markup(persona: Persona, id: string): string {
  const c = persona.palette;
  return `
<defs>
  <linearGradient id="${id}-skin" x1="0" y1="0" x2="0.25" y2="1"><stop offset="0" stop-color="${c.skinLight}"/><stop offset="0.55" stop-color="${c.skin}"/><stop offset="1" stop-color="${c.skinShade}"/></linearGradient>
  <linearGradient id="${id}-neck" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${c.skinShade}"/><stop offset="1" stop-color="${c.skin}"/></linearGradient>
  <linearGradient id="${id}-hair" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${c.hairLight}"/><stop offset="0.35" stop-color="${c.hair}"/><stop offset="1" stop-color="${c.hairDark}"/></linearGradient>
  <linearGradient id="${id}-jacket" x1="0" y1="0" x2="0.2" y2="1"><stop offset="0" stop-color="${c.jacket}"/><stop offset="1" stop-color="${c.jacketDark}"/></linearGradient>
  <radialGradient id="${id}-iris"><stop offset="0.25" stop-color="${c.iris}"/><stop offset="1" stop-color="${c.irisDark}"/></radialGradient>
  <radialGradient id="${id}-blush"><stop offset="0" stop-color="${c.blush}" stop-opacity="0.34"/><stop offset="1" stop-color="${c.blush}" stop-opacity="0"/></radialGradient>
  <clipPath id="${id}-face"><path d="${persona.face}"/></clipPath>
  <clipPath id="${id}-eye-right"><path data-part="clip-right"/></clipPath>
  <clipPath id="${id}-eye-left"><path data-part="clip-left"/></clipPath>
  <clipPath id="${id}-mouth"><path data-part="mouth-clip"/></clipPath>
</defs>
<g data-part="figure">
  ${bodyMarkup(persona, id)}
  <g data-part="head">
    ${headMarkup(persona, id)}
  </g>
</g>`;
}

function bodyMarkup(persona: Persona, id: string): string {
  const c = persona.palette;
  const paths = (list: readonly string[], fill: string) => list.map((d) => `<path d="${d}" fill="${fill}"/>`).join('');
  return `<g data-part="body">
    <path d="M274 356 C276 410 276 430 268 452 C284 486 304 500 320 500 C336 500 356 486 372 452 C364 430 364 410 366 356 Z" fill="url(#${id}-neck)"/>
    ${paths(persona.jacket, `url(#${id}-jacket)`)}
    <path d="M268 452 C284 486 304 500 320 500 C336 500 356 486 372 452 L360 444 L280 444 Z" fill="${c.skin}"/>
    ${paths(persona.shirt, c.shirt)}
    <path d="M288 446 C296 470 308 480 320 482 C332 480 344 470 352 446 C342 470 332 474 320 474 C308 474 298 470 288 446 Z" fill="${c.shirtShade}"/>
    <path d="M284 430 C296 464 308 474 320 474 C332 474 344 464 356 430 Z" fill="${c.skin}"/>
    ${paths(persona.lapels, c.jacketDark)}
  </g>`;
}

function headMarkup(persona: Persona, id: string): string {
  const c = persona.palette;
  const earring = (x: number) => (persona.earrings ? `<circle cx="${String(x)}" cy="302" r="4.5" fill="#e3b65b"/>` : '');
  return `
    <g data-part="rear">${persona.rearHair.map((d) => `<path d="${d}" fill="${c.hairDark}"/>`).join('')}</g>
    <path d="M272 372 C288 412 352 412 368 372 L366 398 C350 424 290 424 274 398 Z" fill="${c.skinShade}" opacity="0.7"/>
    <g data-part="ears">
      <path d="M226 244 C206 232 200 258 206 280 C210 298 222 302 230 292 Z" fill="${c.skinShade}"/>
      <path d="M414 244 C434 232 440 258 434 280 C430 298 418 302 410 292 Z" fill="${c.skinShade}"/>
      ${earring(213)}${earring(427)}
    </g>
    <path d="${persona.face}" fill="url(#${id}-skin)"/>
    <g clip-path="url(#${id}-face)">
      <g transform="translate(0 12)" opacity="0.2">${persona.frontHair.map((d) => `<path d="${d}" fill="${c.hairDark}"/>`).join('')}</g>
      ${persona.stubble === null ? '' : `<path d="M222 300 C238 330 262 322 284 320 C300 316 340 316 356 320 C378 322 402 330 418 300 L420 420 L220 420 Z" fill="${persona.stubble}" opacity="0.22"/>`}
      <g data-part="cheeks">
        <ellipse cx="256" cy="306" rx="34" ry="24" fill="url(#${id}-blush)"/>
        <ellipse cx="384" cy="306" rx="34" ry="24" fill="url(#${id}-blush)"/>
      </g>
    </g>
    <g data-part="mouth">${mouthMarkup(persona, id)}</g>
    <g data-part="nose">
      <path d="M314 262 C311 284 306 296 304 304 C303 312 310 316 320 317 C330 316 337 312 336 304" fill="none" stroke="${c.skinShade}" stroke-width="3.2" stroke-linecap="round" opacity="0.75"/>
      <ellipse cx="322" cy="300" rx="6" ry="9" fill="${c.skinLight}" opacity="0.5"/>
    </g>
    <g data-part="eyes">${EYES.map((eye) => eyeMarkup(persona, id, eye.side, eye.x, eye.mirrored)).join('')}</g>
    <g data-part="brows">${['right', 'left'].map((side) => `<path data-part="brow-${side}" d="M-30 8 C-20 -6 4 -9 28 2 C6 -2 -14 0 -30 8 Z" fill="${c.brow}" stroke="${c.brow}" stroke-width="${String(persona.browWidth - 4)}" stroke-linejoin="round"/>`).join('')}</g>
    <g data-part="front">
      ${persona.frontHair.map((d) => `<path d="${d}" fill="url(#${id}-hair)"/>`).join('')}
      ${persona.hairSheen.map((d) => `<path d="${d}" fill="none" stroke="${c.hairLight}" stroke-width="4" stroke-linecap="round" opacity="0.45"/>`).join('')}
    </g>`;
}

function eyeMarkup(persona: Persona, id: string, side: string, x: number, mirrored: boolean): string {
  const c = persona.palette;
  const lash = persona.lashes ? `<path d="M-26 3 C-29 1 -31 -2 -33 -5" fill="none" stroke="${c.irisDark}" stroke-width="3" stroke-linecap="round"/>` : '';
  return `<g transform="translate(${String(x)} ${String(EYE_Y)})${mirrored ? ' scale(-1 1)' : ''}">
    <path data-part="white-${side}" fill="#fdfaf6"/>
    <g clip-path="url(#${id}-eye-${side})">
      <ellipse cx="0" cy="-15" rx="30" ry="11" fill="#8a6a58" opacity="0.22"/>
      <g data-part="iris-${side}"><circle r="12.4" fill="url(#${id}-iris)"/><circle r="5.6" fill="#140d0a"/></g>
      <circle data-part="light-${side}" r="3.4" fill="#fff"/>
    </g>
    <path data-part="crease-${side}" fill="none" stroke="${c.skinShade}" stroke-width="2.4" stroke-linecap="round" opacity="0.85"/>
    <path data-part="lid-${side}" fill="none" stroke="${c.irisDark}" stroke-width="${persona.lashes ? '4.6' : '3.6'}" stroke-linecap="round"/>
    ${lash}
  </g>`;
}

function mouthMarkup(persona: Persona, id: string): string {
  const c = persona.palette;
  return `
    <g data-part="folds" fill="none" stroke="${c.skinShade}" stroke-width="3" stroke-linecap="round">
      <path d="M-50 -22 C-56 -12 -56 -2 -52 6"/><path d="M50 -22 C56 -12 56 -2 52 6"/>
    </g>
    <path data-part="lips" fill="${c.lip}"/>
    <g data-part="inside">
      <path data-part="opening" fill="#5a1f24"/>
      <g clip-path="url(#${id}-mouth)">
        <ellipse data-part="tongue" cx="0" cy="14" rx="20" ry="11" fill="#c9656a"/>
        <rect data-part="teeth" x="-26" y="-6" width="52" height="17" rx="6" fill="#fbf8f3"/>
      </g>
    </g>
    <path data-part="lip-line" fill="none" stroke="${c.lipDark}" stroke-width="2.6" stroke-linecap="round"/>
    <path d="M-12 21 C-5 24 5 24 12 21" fill="none" stroke="${c.skinShade}" stroke-width="2.4" stroke-linecap="round" opacity="0.6"/>`;
}
