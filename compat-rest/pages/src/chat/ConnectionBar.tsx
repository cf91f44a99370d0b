import { useEffect, useState } from 'preact/hooks';
import { texts } from '../text/language.ts';
import type { ConnectionState } from '../wire/connection.ts';
import './connection-bar.css';

/** How long a connection may be missing before anybody is told, in milliseconds. */
const patience = 1_500;

/** Says that the connection is missing, and that it is back. */
export function ConnectionBar({ state }: { state: ConnectionState }) {
  const [shown, show] = useState<'away' | 'back' | null>(null);
  useEffect(() => {
    if (state === 'ready') show((before) => (before === 'away' ? 'back' : null));
    const change = () => show(state === 'ready' ? null : 'away');
    const timer = setTimeout(change, patience);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <div class={`connection ${shown ?? ''}`} role="status" data-state={state}>
      {shown && <p>{shown === 'back' ? texts.connection.back : texts.connection.away}</p>}
    </div>
  );
}
