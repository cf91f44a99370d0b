import { Icon } from '../icons/Icon.tsx';
import { Picture } from '../media/Picture.tsx';
import { Player } from '../media/Player.tsx';
import { timeOf } from '../text/dates.ts';
import { texts } from '../text/language.ts';
import type { MessageRow } from '../wire/rows.ts';
import { withLinks } from './links.ts';
import './bubble.css';

interface BubbleProps {
  readonly row: MessageRow;
  readonly moment: Date;
  readonly mine: boolean;
  readonly who: string;
  /** Who wrote it, where its side does not say so. */
  readonly by: string | null;
  readonly last: boolean;
  readonly seen: boolean;
  readonly onLoad: () => void;
}

/** A message that is stored. */
export function Bubble({ row, moment, mine, who, by, last, seen, onLoad }: BubbleProps) {
  return (
    <li class={`bubble ${mine ? 'mine' : 'theirs'} ${row.type} ${last ? 'last' : ''}`} data-id={row.id}>
      <span class="hidden">{texts.message.said(who, '')}</span>
      <Content row={row} who={who} onLoad={onLoad} />
      {last && (
        <p class="meta">
          {by && <span aria-hidden="true">{by}</span>}
          <time dateTime={moment.toISOString()}>{timeOf(moment)}</time>
          {mine && <Tick seen={seen} />}
        </p>
      )}
    </li>
  );
}

function Content({ row, who, onLoad }: Pick<BubbleProps, 'row' | 'who' | 'onLoad'>) {
  return (
    <>
      {row.file_path && row.type === 'image' && (
        <Picture src={row.file_path} label={texts.message.pictureFrom(who)} onLoad={onLoad} />
      )}
      {row.file_path && row.type === 'audio' && <Player src={row.file_path} label={texts.message.sound} />}
      {row.content_text && (
        <p class="words">
          {withLinks(row.content_text).map(({ text, href }) =>
            href ? (
              <a href={href} target="_blank" rel="noopener noreferrer nofollow">
                {text}
              </a>
            ) : (
              text
            ),
          )}
        </p>
      )}
    </>
  );
}

const Tick = ({ seen }: { seen: boolean }) => (
  <span class={`tick ${seen ? 'seen' : ''}`} title={seen ? texts.message.seen : texts.message.sent}>
    <Icon name={seen ? 'checks' : 'check'} size={16} />
    <span class="hidden">{seen ? texts.message.seen : texts.message.sent}</span>
  </span>
);
