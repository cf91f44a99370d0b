import { Announcer } from '../chat/Announcer.tsx';
import { Composer } from '../chat/Composer.tsx';
import { ConnectionBar } from '../chat/ConnectionBar.tsx';
import type { Conversation } from '../chat/conversation.ts';
import { MessageList } from '../chat/MessageList.tsx';
import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';
import type { MessageRow, VisitorThread } from '../wire/rows.ts';
import { askToClose, framed } from './frame.ts';
import type { Visitor } from './visitor.ts';
import { Welcome } from './Welcome.tsx';
import './visitor.css';

const whoOf = ({ sender }: MessageRow): string => (sender === 'visitor' ? texts.message.you : texts.message.team);

/** The chat as a visitor has it. */
export function VisitorPage({ visitor }: { visitor: Visitor }) {
  const conversation = visitor.conversation.value;
  return (
    <main class={`visitor ${framed ? 'framed' : ''}`}>
      <header>
        <span class="mark">
          <Icon name="bridge" size={26} />
        </span>
        <div>
          <h1>{texts.visitor.title}</h1>
          <p>{texts.visitor.subtitle}</p>
        </div>
        {framed && (
          <button type="button" class="round plain" aria-label={texts.visitor.minimize} onClick={askToClose}>
            <Icon name="down" size={22} />
          </button>
        )}
      </header>
      {conversation ? (
        <Talk key={conversation.threadId} visitor={visitor} conversation={conversation} />
      ) : (
        <Welcome visitor={visitor} />
      )}
    </main>
  );
}

function Talk({ visitor, conversation }: { visitor: Visitor; conversation: Conversation<VisitorThread> }) {
  return (
    <>
      <ConnectionBar state={visitor.connection.state.value} />
      <MessageList conversation={conversation} other={texts.message.team} whoOf={whoOf} />
      <Announcer conversation={conversation} whoOf={whoOf} />
      {visitor.thread.value?.status === 'resolved' && (
        <p class="resolved" role="status">
          <Icon name="check" size={18} /> {texts.visitor.resolved}
        </p>
      )}
      <Composer conversation={conversation} />
    </>
  );
}
