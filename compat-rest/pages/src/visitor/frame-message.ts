/** What the chat in a frame and the page around it tell each other. */
export type FrameMessage =
  | { readonly kopru: 'ready' }
  | { readonly kopru: 'unread'; readonly count: number }
  | { readonly kopru: 'close' }
  | { readonly kopru: 'shown'; readonly shown: boolean };
