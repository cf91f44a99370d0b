import { useEffect, useRef, useState } from 'preact/hooks';

/** Takes files that are dropped anywhere on the page. True while some are held over it. */
export function useDrop(take: (files: FileList) => void): boolean {
  const [over, setOver] = useState(false);
  const taker = useRef(take);
  taker.current = take;
  useEffect(() => {
    const away = new AbortController();
    const { signal } = away;
    const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    document.addEventListener(
      'dragover',
      (event) => {
        if (!withFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    document.addEventListener(
      'dragleave',
      // Only the one that leaves the page has nothing it goes to.
      ({ relatedTarget }) => relatedTarget === null && setOver(false),
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!event.dataTransfer || !withFiles(event)) return;
        event.preventDefault();
        taker.current(event.dataTransfer.files);
      },
      { signal },
    );
    return () => away.abort();
  }, []);
  return over;
}
