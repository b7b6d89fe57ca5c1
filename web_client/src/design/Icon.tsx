/** Line icons on a 24-unit grid; always decorative, the words are beside them. */
const paths = {
  alert: 'M12 8v5m0 3.5v.01M10.3 3.9 2.5 17.4A2 2 0 0 0 4.2 20.4h15.6a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z',
  arrow: 'M5 12h14m-6-6 6 6-6 6',
  back: 'M19 12H5m6 6-6-6 6-6',
  camera: 'M3 7h11v10H3zM14 11l7-4v10l-7-4',
  cameraOff: 'M10 7h4v4m0 3v3H3V7h2m9 4 7-4v10l-4-2.300M3 3l18 18',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chat: 'M4 5h16v11H9l-5 4V5Z',
  clock: 'M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  down: 'm6 9 6 6 6-6',
  equal: 'M6 9h12M6 15h12',
  file: 'M14 3H6v18h12V7l-4-4Zm0 0v4h4',
  globe: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM3 12h18M12 3c5 5.500 5 12.500 0 18-5-5.500-5-12.500 0-18Z',
  hand: 'M8 12V5.5a1.5 1.5 0 0 1 3 0V11m0-.5V4a1.5 1.5 0 0 1 3 0v7m0-5a1.5 1.5 0 0 1 3 0v8a7 7 0 0 1-7 7c-3 0-4.500-1.500-6-4l-2.200-3.600a1.500 1.500 0 0 1 2.500-1.700L8 14',
  info: 'M12 11v6m0-10v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  leave: 'M14 4H5v16h9M10 12h11m-4-4 4 4-4 4',
  mic: 'M12 15a3.500 3.500 0 0 0 3.500-3.500v-5a3.500 3.500 0 0 0-7 0v5A3.500 3.500 0 0 0 12 15Zm-7-4a7 7 0 0 0 14 0m-7 7v3',
  micOff: 'M15.500 11V6.500a3.500 3.500 0 0 0-6.600-1.600M8.500 8.500v3a3.500 3.500 0 0 0 5.300 3M5 11a7 7 0 0 0 11.300 5.500M19 11c0 .8-.1 1.500-.4 2.200M12 18v3M3 3l18 18',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4.500v15l12-7.500-12-7.500Z',
  plus: 'M12 5v14M5 12h14',
  question: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .600-1.500 1.200-1.500 2.400m0 3v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  repeat: 'M4 12a8 8 0 0 1 14-5.300L20 9m0-5v5h-5m5 3a8 8 0 0 1-14 5.300L4 15m0 5v-5h5',
  skip: 'M5 5v14l9-7-9-7Zm13 0v14',
  speaker: 'M4 9.500v5h4l5 4.500V5L8 9.500H4Zm12.500-1a5 5 0 0 1 0 7m2.500-10a9 9 0 0 1 0 13',
  up: 'm6 15 6-6 6 6',
  wifi: 'M2.500 9a14 14 0 0 1 19 0M6 12.700a9 9 0 0 1 12 0M9.300 16.300a4 4 0 0 1 5.400 0M12 20v.01',
} as const;

export type IconName = keyof typeof paths;

/** Signs that point along the line of text: mirrored where it runs from right to left. */
const pointing: ReadonlySet<IconName> = new Set<IconName>(['arrow', 'back', 'leave', 'skip']);

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      data-pointing={pointing.has(name) || undefined}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
