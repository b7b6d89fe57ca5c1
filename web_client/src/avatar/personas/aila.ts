import type { Persona } from '../persona';

/** Aila: dark chestnut bob, petrol blazer. Drawn for this project. */
export const aila: Persona = {
  id: 'aila',
  name: 'Aila',
  palette: {
    skin: '#eebf9f', skinShade: '#d99e7c', skinLight: '#f8d6bd', blush: '#e8876f', lip: '#c4655c', lipDark: '#9c4743',
    iris: '#6a4a2f', irisDark: '#3a2617', hair: '#4a2f25', hairDark: '#33201a', hairLight: '#7a5241', brow: '#4a3026',
    jacket: '#1f5a63', jacketDark: '#174850', shirt: '#fbf7f1', shirtShade: '#e4dacd',
  },
  rearHair: [
    'M320 82 C232 78 196 140 194 226 C192 300 188 352 176 398 C172 418 190 438 222 440 C258 442 280 424 288 398 L352 398 C360 424 382 442 418 440 C450 438 468 418 464 398 C452 352 448 300 446 226 C444 140 408 78 320 82 Z',
  ],
  frontHair: [
    // The fringe, parted on her right, sweeping over to her left.
    'M288 92 C238 98 206 138 204 212 C203 246 206 268 210 282 C216 250 226 218 246 196 C272 168 300 152 316 124 C330 160 366 178 394 194 C414 206 424 244 430 284 C436 262 438 236 436 208 C432 134 390 84 322 86 C310 86 298 88 288 92 Z',
    'M208 224 C200 284 204 344 190 398 C206 404 220 396 226 380 C234 350 218 300 222 236 Z',
    'M432 224 C440 284 436 344 450 398 C434 404 420 396 414 380 C406 350 422 300 418 236 Z',
  ],
  hairSheen: [
    'M300 104 C262 118 234 152 226 206',
    'M330 108 C370 118 402 146 414 196',
    'M206 300 C208 336 202 366 198 384',
    'M434 300 C432 336 438 366 442 384',
  ],
  face: 'M220 232 C220 150 260 108 320 108 C380 108 420 150 420 232 C420 296 408 338 380 372 C362 393 342 404 320 404 C298 404 278 393 260 372 C232 338 220 296 220 232 Z',
  jacket: [
    'M92 660 C94 560 124 510 196 484 C236 470 266 464 282 456 L320 560 L358 456 C374 464 404 470 444 484 C516 510 546 560 548 660 Z',
  ],
  lapels: [
    'M282 456 L252 474 L240 540 L268 548 L258 566 L316 660 L324 660 L320 600 Z',
    'M358 456 L388 474 L400 540 L372 548 L382 566 L324 660 L316 660 L320 600 Z',
  ],
  shirt: ['M280 454 L320 606 L360 454 L340 440 L300 440 Z'],
  browWidth: 7,
  lashes: true,
  earrings: true,
  stubble: null,
};
