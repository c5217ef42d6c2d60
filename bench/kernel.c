/* W in C, written for one core: `count` sessions from their seeds to their end. Compiled by native.py, which gives
   the sizes as -D options; -ffp-contract=off, so that every number is rounded as numpy and Python round it. */
#include <stdint.h>
#include <string.h>

#define CELLS (ACTORS * INDICATORS)
#define OWN 2
#define TARGET 3
#define SHOCK 3

typedef struct {
    const double *indicators;                   /* [actor][indicator] at the start */
    const double *relations;                    /* [actor][actor] at the start */
    const int32_t *guards;                      /* [2][move] indicator */
    const double *least;                        /* [2][move] */
    const int32_t *cost; const double *price;   /* [move] */
    const double *odds;                         /* [move][base, own, relation] */
    const int32_t *odds_from;                   /* [move] indicator */
    const int32_t *own;                         /* [move][OWN] indicator */
    const double *own_by;                       /* [move][failure, success][OWN] */
    const int32_t *target;                      /* [move][TARGET] */
    const double *target_by;                    /* [move][failure, success][TARGET] */
    const double *relation_by;                  /* [move][failure, success] */
    const int32_t *cooldown;                    /* [move] */
    const int32_t *link; const double *weight;  /* [link][cause, effect] cell; [link] */
    const int32_t *shock;                       /* [event][SHOCK] cell */
    const double *shock_by; const double *shock_odds;
    const uint64_t *choice_word;                /* [actor][move] */
    const uint64_t *target_word;                /* [actor][move][target] */
    const uint64_t *success_word;               /* [actor][move][target] */
    const uint64_t *shock_word;                 /* [event] */
} tables;

static inline uint64_t mix(uint64_t h) {
    h ^= h >> 33; h *= 0xFF51AFD7ED558CCDull;
    h ^= h >> 33; h *= 0xC4CEB9FE1A85EC53ull;
    return h ^ (h >> 33);
}

static inline double uniform(uint64_t h) { return (double)(h >> 11) * 0x1p-53; }

static inline double on_grid(double v) {
    const double magic = 1.5 * 4294967296.0;
    return (v + magic) - magic;
}

static inline double held(double v, double low, double high) { return v < low ? low : v > high ? high : v; }

static inline int largest(const uint64_t *draws, int count) {
    uint64_t best = 0;
    int taken = 0;
    for (int i = 0; i < count; i++)
        if (draws[i] > best) { best = draws[i]; taken = i; }
    return taken;
}

static inline void apply(double *now, const double *change) {
    for (int i = 0; i < CELLS; i++) now[i] = held(now[i] + change[i], 0.0, 100.0);
}

static inline int choose_move(const tables *w, int actor, const double *now, const int32_t *ready, int turn, uint64_t key) {
    const uint64_t *words = w->choice_word + actor * MOVES;
    const int32_t *first = w->guards, *second = w->guards + MOVES;
    const double *least = w->least, *other = w->least + MOVES;
    uint64_t draws[MOVES];
    for (int m = 0; m < MOVES; m++) {
        int legal = (ready[m] <= turn) & (now[first[m]] >= least[m]) & (now[second[m]] >= other[m]);
        draws[m] = legal ? mix(words[m] ^ key) | 1 : 0;
    }
    return largest(draws, MOVES);
}

static inline int choose_target(const tables *w, int actor, int move, uint64_t key) {
    const uint64_t *words = w->target_word + (actor * MOVES + move) * ACTORS;
    uint64_t draws[ACTORS];
    for (int t = 0; t < ACTORS; t++) draws[t] = mix(words[t] ^ key) | 1;
    draws[actor] = 0;
    return largest(draws, ACTORS);
}

static inline void resolve(const tables *w, int actor, int m, int t, const double *now, double *relations,
                           double *change, uint64_t key) {
    const double *own = now + actor * INDICATORS, *odds = w->odds + m * 3;
    double *relation = relations + actor * ACTORS + t;
    double p = odds[0] + odds[1] * (own[w->odds_from[m]] - 50.0) / 100.0 + odds[2] * *relation / 100.0;
    uint64_t luck = mix(w->success_word[(actor * MOVES + m) * ACTORS + t] ^ key);
    int success = uniform(luck) < on_grid(held(p, 0.05, 0.95));
    double *mine = change + actor * INDICATORS, *theirs = change + t * INDICATORS;
    mine[w->cost[m]] += w->price[m];
    for (int q = 0; q < OWN; q++) mine[w->own[m * OWN + q]] += w->own_by[(m * 2 + success) * OWN + q];
    for (int q = 0; q < TARGET; q++) theirs[w->target[m * TARGET + q]] += w->target_by[(m * 2 + success) * TARGET + q];
    *relation = held(*relation + w->relation_by[m * 2 + success], -100.0, 100.0);
}

static void adjudicate(const tables *w, double *now, double *relations, int32_t (*ready)[MOVES], int turn, uint64_t key) {
    double change[CELLS] = {0};
    for (int a = 0; a < ACTORS; a++) {
        int m = choose_move(w, a, now + a * INDICATORS, ready[a], turn, key);
        int t = choose_target(w, a, m, key);
        resolve(w, a, m, t, now, relations, change, key);
        ready[a][m] = turn + 1 + w->cooldown[m];
    }
    apply(now, change);
}

static void follow_links(const tables *w, double *now, const double *start) {
    double change[CELLS] = {0};
    for (int i = 0; i < LINKS; i++) {
        int cause = w->link[i * 2], effect = w->link[i * 2 + 1];
        change[effect] += on_grid(w->weight[i] * (now[cause] - start[cause]));
    }
    apply(now, change);
}

static void let_shocks_happen(const tables *w, double *now, uint64_t key) {
    double change[CELLS] = {0};
    int any = 0;
    for (int e = 0; e < EVENTS; e++) {
        if (uniform(mix(w->shock_word[e] ^ key)) >= w->shock_odds[e]) continue;
        for (int q = 0; q < SHOCK; q++) change[w->shock[e * SHOCK + q]] += w->shock_by[e * SHOCK + q];
        any = 1;
    }
    if (any) apply(now, change);
}

void play(const tables *w, long count, const uint64_t *seeds, double *indicators, double *relations) {
    for (long n = 0; n < count; n++) {
        double *now = indicators + n * CELLS, *rel = relations + n * ACTORS * ACTORS, start[CELLS];
        int32_t ready[ACTORS][MOVES] = {{0}};
        memcpy(now, w->indicators, sizeof start);
        memcpy(rel, w->relations, sizeof(double) * ACTORS * ACTORS);
        for (int turn = 1; turn <= TURNS; turn++) {
            uint64_t key = mix(seeds[n] + 0x9E3779B97F4A7C15ull * (uint64_t)(turn + 1));
            memcpy(start, now, sizeof start);
            adjudicate(w, now, rel, ready, turn, key);
            follow_links(w, now, start);
            let_shocks_happen(w, now, key);
        }
    }
}
