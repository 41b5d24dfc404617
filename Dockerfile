# Paceline in a container, in the best jail that the container allows. Which one it is:
#   docker run --rm paceline                                      (J1: the default filter forbids namespaces)
#   docker run --rm --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
#     --security-opt systempaths=unconfined paceline              (J3)
#   docker run --rm --privileged --cgroupns=private paceline      (J4)
# A study: the same with -v "$PWD:/work" and `run` behind the image's name.
FROM node:20-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap git python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/paceline
COPY . .
RUN npm install --no-audit --no-fund --ignore-scripts \
  && npm run --silent build:quiet \
  && npm prune --omit=dev --ignore-scripts \
  && ln -s /opt/paceline/dist/cli.js /usr/local/bin/paceline \
  && chmod +x dist/cli.js
WORKDIR /work
ENTRYPOINT ["paceline"]
CMD ["doctor"]
