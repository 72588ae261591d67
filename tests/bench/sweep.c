/* The loop of a sweep as one would write it in C: print the nanoseconds of a network's epoch.
   Two hidden units, no biases, XOR, learning rate 0.5. Usage: sweep NETWORKS EPOCHS */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double INPUTS[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
static const double TARGETS[4] = {0, 1, 1, 0};
static const double LEARNING_RATE = 0.5;

static double sigmoid(double z) { return 1 / (1 + exp(-z)); }

static void train(double w[2][2], double v[2], int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
        double dw[2][2] = {{0, 0}, {0, 0}}, dv[2] = {0, 0};
        for (int row = 0; row < 4; row++) {
            const double *x = INPUTS[row];
            double hidden[2], z = 0;
            for (int j = 0; j < 2; j++) {
                hidden[j] = sigmoid(x[0] * w[0][j] + x[1] * w[1][j]);
                z += hidden[j] * v[j];
            }
            double y = sigmoid(z);
            double delta = (y - TARGETS[row]) * y * (1 - y);
            for (int j = 0; j < 2; j++) {
                double delta_hidden = delta * v[j] * hidden[j] * (1 - hidden[j]);
                dv[j] += delta * hidden[j];
                dw[0][j] += delta_hidden * x[0];
                dw[1][j] += delta_hidden * x[1];
            }
        }
        for (int j = 0; j < 2; j++) {
            v[j] -= LEARNING_RATE * dv[j];
            w[0][j] -= LEARNING_RATE * dw[0][j];
            w[1][j] -= LEARNING_RATE * dw[1][j];
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    int networks = atoi(argv[1]), epochs = atoi(argv[2]);
    double sum = 0;
    clock_t start = clock();
    for (int k = 0; k < networks; k++) {
        double w[2][2], v[2];
        for (int j = 0; j < 2; j++) {
            w[0][j] = drand48();
            w[1][j] = drand48();
            v[j] = drand48();
        }
        train(w, v, epochs);
        sum += v[0] + w[0][0];
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    /* The sum keeps the compiler from leaving the training out. */
    printf("%.3f %g\n", 1e9 * seconds / networks / epochs, sum);
    return 0;
}
