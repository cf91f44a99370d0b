/** Each icon is one path, drawn in a box of 24, with round ends. */
const paths = {
  send: 'M12 20V5M5.5 11.5 12 5l6.5 6.5',
  picture:
    'M4 7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3zM4 16l4.5-4.5 6 6M13 16l2.5-2.5L20 18M15.5 8.5h.01',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4',
  stop: 'M7 7h10v10H7z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 6v12M15.5 6v12',
  check: 'M5.5 12.5 10 17l8.5-10',
  checks: 'M2.5 12.5 7 17l8.5-10M12 16l1 1 8.5-10',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 8v4.5l3 2',
  alert: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 8v4.5M12 16h.01',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  down: 'M6 9.5l6 6 6-6',
  back: 'M14.5 6l-6 6 6 6',
  unread: 'M14 5H6a1.5 1.5 0 0 0-1.5 1.5v9A1.5 1.5 0 0 0 6 17h1.5v3.5l4.5-3.5H18a1.5 1.5 0 0 0 1.5-1.5V10.5M19 5.5h.01',
  search: 'M11 4.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M16 16l4 4',
  note: 'M6 4h12a1.5 1.5 0 0 1 1.5 1.5v8.5L14 19.5H6A1.5 1.5 0 0 1 4.5 18V5.5A1.5 1.5 0 0 1 6 4M14 19.5V15.5A1.5 1.5 0 0 1 15.5 14h4M8.5 9h7M8.5 12.5h3',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5',
  leave: 'M14 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h7M10.5 12h9M16.5 8.5 20 12l-3.5 3.5',
  telegram: 'M20.5 4.5 3.5 11.200l5.5 2 2 6 3-4 4.5 3.300zM9 13.200l11.5-8.7',
  bridge:
    'M2 16h20M7 20V5M17 20V5M7 5c1.6 6.5 8.4 6.5 10 0M7 5c-1.2 4.5-2.7 7-5 8.2M17 5c1.2 4.5 2.7 7 5 8.2M12 9.9V16',
} as const;

export type IconName = keyof typeof paths;

/** A drawing that says nothing by itself: whatever holds it has the words. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
