/** What the chat in a frame and the page around it tell each other. */
export type FrameMessage =
  | { readonly kopru: 'ready' }
  | { readonly kopru: 'unread'; readonly count: number }
  | { readonly kopru: 'close' }
  | { readonly kopru: 'shown'; readonly shown: boolean }
  /** The browser keeps nothing for the frame: what did the page keep for it? */
  | { readonly kopru: 'recall' }
  | { readonly kopru: 'recalled'; readonly kept: readonly [key: string, text: string][] }
  /** The page is asked to keep a text; null forgets it. */
  | { readonly kopru: 'keep'; readonly key: string; readonly text: string | null };
