import { render } from 'preact';
import { dressPage } from '../chat/dress-page.ts';
import { texts } from '../text/language.ts';
import { DeskPage } from './DeskPage.tsx';
import { Desk } from './desk.ts';
import '../style/page.css';

const desk = new Desk();
dressPage(texts.admin.title, () => desk.threads.unread.value);
desk.open();
render(<DeskPage desk={desk} />, document.getElementById('app') as HTMLElement);
