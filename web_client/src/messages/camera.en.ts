/** The optional camera, in English. */
export const camera = {
  title: 'Your camera',
  turnOn: 'Turn camera on',
  turnOff: 'Turn off',
  starting: 'Starting…',
  on: 'Camera on',
  you: 'You, as your camera sees you',
  hide: 'Hide me',
  show: 'Show me',
  denied: 'Your browser does not allow the camera. The interview works without it.',
  failed: 'No camera could be started. The interview works without it.',
};
