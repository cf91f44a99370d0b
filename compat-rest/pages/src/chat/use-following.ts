import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Nearer to the end than this, in pixels, a list follows what comes. */
const near = 80;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** What a list begins and ends with, and whatever else makes it longer. */
interface Extent {
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
  readonly typing: boolean;
  /** The newest is our own: whoever writes wants to see it. */
  readonly ours: boolean;
}

interface Following {
  readonly list: RefObject<HTMLElement | null>;
  /** Whether the end is in view. */
  readonly atEnd: boolean;
  readonly scrolled: () => void;
  /** Stays at the end where the list was there. */
  readonly settle: () => void;
  readonly goToEnd: () => void;
}

/** Keeps a list at its end while the reader is there, and where they are reading while they are not. */
export function useFollowing({ oldest, newest, typing, ours }: Extent): Following {
  const list = useRef<HTMLElement>(null);
  const follows = useRef(true);
  const height = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const settle = () => {
    const box = list.current;
    if (box && follows.current) box.scrollTop = box.scrollHeight;
  };
  const scrolled = () => {
    const box = list.current;
    if (!box) return;
    follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    setAtEnd(follows.current);
  };
  // What was in view stays where it was when older messages come above it.
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    if (!follows.current) box.scrollTop += box.scrollHeight - height.current;
    height.current = box.scrollHeight;
  }, [oldest]);
  useLayoutEffect(() => {
    if (ours) follows.current = true;
    settle();
    if (list.current) height.current = list.current.scrollHeight;
  }, [newest, typing]);
  // A keyboard on the screen or a wider window moves the end.
  useEffect(() => {
    const observer = new ResizeObserver(settle);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);

  const goToEnd = () => {
    follows.current = true;
    list.current?.scrollTo({ top: list.current.scrollHeight, behavior: calm.matches ? 'auto' : 'smooth' });
  };
  return { list, atEnd, scrolled, settle, goToEnd };
}
