import type { Persona } from '../persona';

const LOADERS: Record<string, () => Promise<Persona>> = {
  aila: () => import('./aila').then((module) => module.aila),
  noah: () => import('./noah').then((module) => module.noah),
};

export const PERSONA_IDS: readonly string[] = Object.keys(LOADERS);

/** Loads a persona; rejects for an unknown one or when its file cannot be had. */
export function loadPersona(id: string): Promise<Persona> {
  const load = LOADERS[id];
  if (load === undefined) return Promise.reject(new Error(`there is no persona "${id}"; known: ${PERSONA_IDS.join(', ')}`));
  return load();
}
