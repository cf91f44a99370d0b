import { render } from 'preact';
import { dressPage } from '../chat/dress-page.ts';
import { texts } from '../text/language.ts';
import { joinFrame, recall } from './frame.ts';
import { VisitorPage } from './VisitorPage.tsx';
import { Visitor } from './visitor.ts';
import '../style/page.css';

await recall();
const visitor = new Visitor();
const unread = () => visitor.conversation.value?.unread.value ?? 0;
dressPage(texts.visitor.title, unread);
visitor.resume();
render(<VisitorPage visitor={visitor} />, document.getElementById('app') as HTMLElement);
joinFrame(unread);
