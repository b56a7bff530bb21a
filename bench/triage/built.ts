/** The product as it is built, with the types of its source. */
export const built = <T>(path: string): Promise<T> => import(new URL(`../../dist/${path}`, import.meta.url).href);
