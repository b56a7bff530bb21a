import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** The server puts a fresh nonce in the place of this word each time it sends the page. */
const NONCE = '__NONCE__';
/** Where `npm run web` finds the API; `npm start` listens there. */
const SERVER = process.env.BAKEOFF_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), compression({ exclude: [/\.html$/] })],
  html: { cspNonce: NONCE },
  // `light-dark()` stays as it is written: what Vite would put in its place knows nothing of Mantine's schemes.
  build: {
    target: 'es2024',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    sourcemap: false,
  },
  server: {
    host: '127.0.0.1',
    // What is no page and no module is the API's. The browser's address bar asks for pages: /, /app and below.
    // The Host stays this one: a session changes things only where Host and Origin agree.
    proxy: {
      '^/(?!$|\\?|app($|/|\\?)|@|src/|node_modules/|icon\\.svg|\\.\\./)': { target: SERVER, changeOrigin: false },
    },
  },
});
