import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where the development server finds the API: `AILA_API=http://127.0.0.1:8000 npm run dev`. */
const api = process.env['AILA_API'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': api, '/healthz': api, '/readyz': api },
  },
  build: {
    outDir: 'dist',
    manifest: true,
    chunkSizeWarningLimit: 700,
    target: 'es2022',
    sourcemap: false,
    // Nothing is inlined: the page is served with a content security policy without `data:` scripts.
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
