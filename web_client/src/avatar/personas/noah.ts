import type { Persona } from '../persona';

/** Noah: short black hair, deep skin, warm grey jacket. Drawn for this project. */
export const noah: Persona = {
  id: 'noah',
  name: 'Noah',
  palette: {
    skin: '#a56d4b', skinShade: '#84523a', skinLight: '#bb8560', blush: '#a9503b', lip: '#9a5348', lipDark: '#6d352e',
    iris: '#3c2a20', irisDark: '#1e1410', hair: '#26201f', hairDark: '#171313', hairLight: '#463c39', brow: '#221b1a',
    jacket: '#5a5563', jacketDark: '#474250', shirt: '#f3ece2', shirtShade: '#dccfbf',
  },
  rearHair: ['M320 88 C250 86 212 128 210 200 C209 226 212 248 218 262 L422 262 C428 248 431 226 430 200 C428 128 390 86 320 88 Z'],
  frontHair: [
    'M320 82 C262 78 220 108 211 168 C207 196 210 224 216 250 C220 226 224 204 236 188 C250 170 270 162 288 158 C326 150 372 156 398 182 C412 198 418 222 424 250 C430 224 433 196 429 168 C420 108 378 78 320 82 Z',
  ],
  hairSheen: ['M262 112 C244 126 232 144 228 168', 'M300 98 C340 94 376 104 398 130'],
  face: 'M218 230 C218 150 260 110 320 110 C380 110 422 150 422 230 C422 296 412 346 386 380 C366 402 344 412 320 412 C296 412 274 402 254 380 C228 346 218 296 218 230 Z',
  jacket: [
    'M74 660 C76 560 112 506 190 482 C232 470 262 466 280 458 L320 560 L360 458 C378 466 408 470 450 482 C528 506 564 560 566 660 Z',
  ],
  lapels: [
    'M280 458 L246 476 L236 544 L264 550 L252 570 L314 660 L324 660 L320 600 Z',
    'M360 458 L394 476 L404 544 L376 550 L388 570 L326 660 L316 660 L320 600 Z',
  ],
  shirt: ['M278 456 L320 606 L362 456 L342 440 L298 440 Z'],
  browWidth: 9,
  lashes: false,
  earrings: false,
  stubble: '#5d3a2a',
};
