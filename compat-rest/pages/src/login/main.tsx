import { render } from 'preact';
import { keepTitle } from '../chat/title.ts';
import { texts } from '../text/language.ts';
import { LoginPage } from './LoginPage.tsx';
import '../style/page.css';

keepTitle(texts.login.title);
render(<LoginPage />, document.getElementById('app') as HTMLElement);
