/** Limits that the graph enforces, for fronts that tell their clients in their own words or check before they ask. */

/** The longest message, in characters (Unicode code points). */
export const messageLength = 4_000;
/** The longest nonce of a message, in characters. */
export const nonceLength = 64;
/** The longest custom status, in characters. */
export const customStatusLength = 128;
/** The longest name that a visitor of the support chat may have, in characters. */
export const displayNameLength = 80;
/** The longest text of a support message or a private note, in characters. */
export const supportTextLength = 4_000;
/** How many messages a page may skip. */
export const largestOffset = 100_000;
/** Where the count of unread messages stops. */
export const unreadLimit = 1_000;
/** How long somebody is shown as typing, in seconds. */
export const typingSeconds = 8;
/** How long a connection counts as live unless it is renewed, in seconds. */
export const connectionSeconds = 60;
/** The longest title of a dream, in characters. */
export const dreamTitleLength = 100;
/** What a dream is called whose author gave no title, by the language it is told in. */
export const defaultDreamTitles = { tr: 'Yeni rüya', en: 'New dream' } as const;
/** The longest description of a dream, in characters. */
export const dreamDescriptionLength = 1_000;
/** How much of its first message describes a dream that has no description, in characters. */
export const excerptLength = 45;
