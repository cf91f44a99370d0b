import { render } from 'preact';
import { dressPage } from '../chat/dress-page.ts';
import { texts } from '../text/language.ts';
import { LoginPage } from './LoginPage.tsx';
import '../style/page.css';

dressPage(texts.login.title);
render(<LoginPage />, document.getElementById('app') as HTMLElement);
