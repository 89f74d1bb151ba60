/** Settles as the work does, or rejects when it takes longer: every wait on an editor has an end that says what it waited for. */
export async function within<T>(seconds: number, what: string, work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`Waited ${seconds} s for ${what}.`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
