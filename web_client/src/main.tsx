import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';

import '@fontsource-variable/figtree/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';

import { App, isForStaff, loadAhead } from './App';
import './design/tokens.css';
import './design/base.css';
import { startLanguage } from './messages';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');

async function start(place: HTMLElement): Promise<void> {
  const path = window.location.pathname;
  loadAhead(path);
  if (!isForStaff(path)) await startLanguage();
  createRoot(place).render(
    <StrictMode>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </StrictMode>,
  );
}

void start(root);
