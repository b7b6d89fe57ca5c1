/** The optional camera, in German. */

import type { camera as english } from './camera.en';

export const camera: typeof english = {
  title: 'Ihre Kamera',
  turnOn: 'Kamera einschalten',
  turnOff: 'Ausschalten',
  starting: 'Startet…',
  on: 'Kamera an',
  you: 'Sie, wie Ihre Kamera Sie sieht',
  hide: 'Mich ausblenden',
  show: 'Mich zeigen',
  denied: 'Ihr Browser lässt die Kamera nicht zu. Das Interview geht auch ohne sie.',
  failed: 'Es ließ sich keine Kamera starten. Das Interview geht auch ohne sie.',
};
