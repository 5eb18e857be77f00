// A provider whose calls take as long as the bench says and do nothing.
const pause = () => new Promise((done) => setTimeout(done, Number(process.env.BENCH_LATENCY_MS)));

module.exports = {
  async create(inputs) {
    await pause();
    return { id: inputs.name, outs: inputs };
  },
  async diff(_id, olds, news) {
    return { changes: olds.text !== news.text };
  },
};
