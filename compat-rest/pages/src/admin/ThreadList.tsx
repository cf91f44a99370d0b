import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';
import type { Desk } from './desk.ts';
import { ThreadLink } from './ThreadLink.tsx';
import type { Filter } from './threads.ts';
import './thread-list.css';

const filters: readonly Filter[] = ['all', 'open', 'pending', 'resolved'];

/** The threads, filtered and searched. */
export function ThreadList({ desk }: { desk: Desk }) {
  const { threads } = desk;
  const onlyUnread = threads.onlyUnread.value;
  // What is being read does not vanish under the reader.
  const listed = threads.listed.value.filter(
    ({ id, unread }) => !onlyUnread || unread > 0 || id === desk.selected.value,
  );
  const cursor = threads.cursor.value;
  return (
    <>
      <search class="finder">
        <label class="search">
          <Icon name="search" size={18} />
          <span class="hidden">{texts.admin.search}</span>
          <input
            type="search"
            placeholder={texts.admin.search}
            value={threads.search.value}
            onInput={({ currentTarget }) => {
              threads.search.value = currentTarget.value;
            }}
          />
        </label>
        <button
          type="button"
          class="round plain"
          aria-label={texts.admin.onlyUnread}
          title={texts.admin.onlyUnread}
          aria-pressed={onlyUnread}
          onClick={() => {
            threads.onlyUnread.value = !onlyUnread;
          }}
        >
          <Icon name="unread" />
        </button>
        <fieldset class="filters">
          <legend class="hidden">{texts.admin.filter}</legend>
          {filters.map((filter) => (
            <label key={filter}>
              <input
                type="radio"
                name="filter"
                checked={threads.filter.value === filter}
                onChange={() => {
                  threads.filter.value = filter;
                }}
              />
              <span>{texts.admin.filters[filter]}</span>
            </label>
          ))}
        </fieldset>
      </search>
      {listed.length > 0 ? (
        <ul class="thread-list">
          {listed.map((thread) => (
            <ThreadLink key={thread.id} desk={desk} thread={thread} />
          ))}
        </ul>
      ) : (
        threads.loaded.value && (
          <p class="none">{threads.search.value || onlyUnread ? texts.admin.noneFound : texts.admin.none}</p>
        )
      )}
      {cursor && (
        <button type="button" class="quiet more" onClick={() => void desk.try(() => threads.load(cursor))}>
          {texts.admin.more}
        </button>
      )}
    </>
  );
}
