import type { Persona } from './persona';

export const EYES = [{ side: 'right', x: 269, mirrored: false }, { side: 'left', x: 371, mirrored: true }] as const;
export const BROW_Y = 211;
export const MOUTH = { x: 320, y: 343 };

const EYE_Y = 256;
const EYE_SCALE = 1.17;
const NECK =
  'M277 330 L363 330 C363 398 364 426 380 448 L392 474 L320 600 L248 474 L260 448 C276 426 277 398 277 330 Z';

/** The persona's drawing as SVG, with a `data-part` wherever the rig moves something; `id` keeps references apart. */
export function markup(persona: Persona, id: string): string {
  const c = persona.palette;
  const stop = (offset: number, colour: string, opacity = 1) =>
    `<stop offset="${String(offset)}" stop-color="${colour}"${opacity === 1 ? '' : ` stop-opacity="${String(opacity)}"`}/>`;
  return `
<defs>
  <linearGradient id="${id}-skin" x1="0.1" y1="0" x2="0.5" y2="1.25">${stop(0, c.skinLight)}${stop(0.5, c.skin)}${stop(1, c.skinShade)}</linearGradient>
  <linearGradient id="${id}-neck" x1="0" y1="0" x2="0" y2="1">${stop(0.1, c.skinShade)}${stop(0.5, c.skin)}</linearGradient>
  <linearGradient id="${id}-hair" x1="0.1" y1="0" x2="0.5" y2="1">${stop(0, c.hairLight)}${stop(0.38, c.hair)}${stop(1, c.hairDark)}</linearGradient>
  <linearGradient id="${id}-rear" x1="0" y1="0" x2="0" y2="1">${stop(0.4, c.hairDark)}${stop(1, c.hair)}</linearGradient>
  <linearGradient id="${id}-jacket" x1="0.2" y1="0" x2="0.5" y2="1">${stop(0, c.jacket)}${stop(1, c.jacketDark)}</linearGradient>
  <linearGradient id="${id}-lapel" x1="0" y1="0" x2="0" y2="1">${stop(0, c.jacketLight)}${stop(1, c.jacket)}</linearGradient>
  <radialGradient id="${id}-iris" cy="0.62">${stop(0.2, c.irisLight)}${stop(0.72, c.iris)}${stop(1, c.irisDark)}</radialGradient>
  <radialGradient id="${id}-blush">${stop(0, c.blush, 0.38)}${stop(1, c.blush, 0)}</radialGradient>
  <clipPath id="${id}-face"><path d="${persona.face}"/></clipPath>
  <clipPath id="${id}-neck-area"><path d="${NECK}"/></clipPath>
  <clipPath id="${id}-eye-right"><path data-part="clip-right"/></clipPath>
  <clipPath id="${id}-eye-left"><path data-part="clip-left"/></clipPath>
  <clipPath id="${id}-mouth"><path data-part="mouth-clip"/></clipPath>
</defs>
<g data-part="figure">
  <g data-part="rear">${fill(persona.rearHair, `url(#${id}-rear)`)}</g>
  ${body(persona, id)}
  <g data-part="head">
    ${head(persona, id)}
  </g>
</g>`;
}

const fill = (paths: readonly string[], colour: string) => paths.map((d) => `<path d="${d}" fill="${colour}"/>`).join('');

const strands = (paths: readonly string[], colour: string, width: number, opacity: number) =>
  paths
    .map((d) => `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${String(width)}" stroke-linecap="round" opacity="${String(opacity)}"/>`)
    .join('');

function body(persona: Persona, id: string): string {
  const c = persona.palette;
  const seam = `stroke="${c.jacketDark}" stroke-width="2" stroke-linejoin="round"`;
  return `<g data-part="body">
    <path d="${NECK}" fill="url(#${id}-neck)"/>
    <g clip-path="url(#${id}-neck-area)">
      <path d="M262 330 L378 330 L376 392 C362 432 284 440 266 398 Z" fill="${c.skinDeep}" opacity="0.5"/>
      <path d="M288 470 C298 470 306 474 310 480" fill="none" stroke="${c.skinShade}" stroke-width="3" stroke-linecap="round" opacity="0.5"/>
      <path d="M352 470 C342 470 334 474 330 480" fill="none" stroke="${c.skinShade}" stroke-width="3" stroke-linecap="round" opacity="0.5"/>
    </g>
    ${fill(persona.shirt, c.shirt)}
    ${strands(persona.shirtSeams, c.shirtShade, 3, 1)}
    ${fill(persona.jacket, `url(#${id}-jacket)`)}
    ${strands(persona.jacketSeams, c.jacketDark, 2.4, 0.8)}
    ${persona.collar.map((d) => `<path d="${d}" fill="${c.shirt}" stroke="${c.shirtShade}" stroke-width="2" stroke-linejoin="round"/>`).join('')}
    ${persona.lapels.map((d) => `<path d="${d}" fill="url(#${id}-lapel)" ${seam}/>`).join('')}
  </g>`;
}

function head(persona: Persona, id: string): string {
  const c = persona.palette;
  const earring = (x: number) => (persona.earrings ? `<circle cx="${String(x)}" cy="305" r="4.6" fill="#d9a94e"/><circle cx="${String(x - 1.3)}" cy="303.6" r="1.5" fill="#f8e3ae"/>` : '');
  return `
    <g data-part="ears">
      <path d="M226 246 C204 232 197 258 203 280 C208 300 220 306 230 294 Z" fill="${c.skinShade}"/>
      <path d="M222 258 C210 252 208 266 212 278" fill="none" stroke="${c.skinDeep}" stroke-width="4" stroke-linecap="round" opacity="0.4"/>
      <path d="M414 246 C436 232 443 258 437 280 C432 300 420 306 410 294 Z" fill="${c.skinShade}"/>
      <path d="M418 258 C430 252 432 266 428 278" fill="none" stroke="${c.skinDeep}" stroke-width="4" stroke-linecap="round" opacity="0.6"/>
      ${earring(211)}${earring(429)}
    </g>
    <path d="${persona.face}" fill="url(#${id}-skin)"/>
    <g clip-path="url(#${id}-face)">
      <path d="M440 180 L440 420 L300 420 C362 396 404 330 400 236 C398 210 404 190 440 180 Z" fill="${c.skinShade}" opacity="0.22"/>
      <g transform="translate(2 13)" opacity="0.2">${fill(persona.frontHair, c.skinDeep)}</g>
      ${persona.beard.map((d) => `<path d="${d}" fill="${c.hairDark}" opacity="0.2"/>`).join('')}
      <g data-part="cheeks">
        <ellipse cx="250" cy="308" rx="38" ry="26" fill="url(#${id}-blush)"/>
        <ellipse cx="390" cy="308" rx="38" ry="26" fill="url(#${id}-blush)"/>
      </g>
    </g>
    <g data-part="mouth">${mouth(persona, id)}</g>
    <g data-part="nose">
      <path d="M322 262 C324 280 334 290 336 301 C337 309 329 313 320 313 C326 304 324 282 322 262 Z" fill="${c.skinShade}" opacity="0.42"/>
      <path d="M306 304 C308 311 314 310 320 313 C326 310 332 311 334 304" fill="none" stroke="${c.skinDeep}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" opacity="0.62"/>
      <ellipse cx="317" cy="298" rx="5" ry="6.5" fill="${c.skinLight}" opacity="0.7"/>
    </g>
    <g data-part="eyes">${EYES.map((eye) => eyeMarkup(persona, id, eye.side, eye.x, eye.mirrored)).join('')}</g>
    <g data-part="brows">${EYES.map(({ side }) => `<path data-part="brow-${side}" d="${persona.brow}" fill="${c.brow}" stroke="${c.brow}" stroke-width="1.5" stroke-linejoin="round"/>`).join('')}</g>
    <g data-part="front">
      ${fill(persona.frontHair, `url(#${id}-hair)`)}
      ${strands(persona.hairShade, c.hairDark, 3, 0.55)}
      ${strands(persona.hairSheen, c.hairLight, 5, 0.5)}
    </g>`;
}

function eyeMarkup(persona: Persona, id: string, side: string, x: number, mirrored: boolean): string {
  const c = persona.palette;
  const lash = persona.lashes ? `<path d="M-26 3.5 C-29 2 -32 -1 -34.5 -5.5" fill="none" stroke="${c.irisDark}" stroke-width="3" stroke-linecap="round"/>` : '';
  return `<g transform="translate(${String(x)} ${String(EYE_Y)}) scale(${String(mirrored ? -EYE_SCALE : EYE_SCALE)} ${String(EYE_SCALE)})">
    <path data-part="white-${side}" fill="#fffdfa"/>
    <g clip-path="url(#${id}-eye-${side})">
      <g data-part="iris-${side}"><circle r="14" fill="url(#${id}-iris)"/><circle r="6.6" fill="#120c0a"/></g>
      <ellipse cx="0" cy="-16" rx="32" ry="11" fill="#4a3328" opacity="0.26"/>
      <g data-part="light-${side}"><circle r="3.9" fill="#fff"/><circle cx="${mirrored ? '-7' : '7'}" cy="9" r="1.8" fill="#fff" opacity="0.75"/></g>
    </g>
    <path data-part="crease-${side}" fill="none" stroke="${c.skinDeep}" stroke-width="2.2" stroke-linecap="round" opacity="0.5"/>
    <path data-part="lid-${side}" fill="none" stroke="${c.irisDark}" stroke-width="${persona.lashes ? '4.4' : '3.6'}" stroke-linecap="round"/>
    ${lash}
  </g>`;
}

function mouth(persona: Persona, id: string): string {
  const c = persona.palette;
  return `
    <g data-part="folds" fill="none" stroke="${c.skinDeep}" stroke-width="2.8" stroke-linecap="round">
      <path d="M-49 -27 C-55 -20 -58 -12 -56 -4"/><path d="M49 -27 C55 -20 58 -12 56 -4"/>
    </g>
    <path data-part="lips" fill="${c.lip}"/>
    <g data-part="inside">
      <path data-part="opening" fill="#58191f"/>
      <g clip-path="url(#${id}-mouth)">
        <ellipse data-part="tongue" cx="0" cy="14" rx="20" ry="11" fill="#cb6a6d"/>
        <path data-part="teeth" fill="#fdfbf7"/>
      </g>
    </g>
    <path data-part="lip-line" fill="none" stroke="${c.lipDark}" stroke-width="2.6" stroke-linecap="round"/>
    <path d="M-13 23 C-6 26.5 6 26.5 13 23" fill="none" stroke="${c.skinDeep}" stroke-width="2.6" stroke-linecap="round" opacity="0.3"/>`;
}
