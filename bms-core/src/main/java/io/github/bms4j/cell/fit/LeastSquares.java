package io.github.bms4j.cell.fit;

import org.ejml.data.DMatrixRMaj;

/** A sum of (robust) squares over parameters, with its first derivatives and Gauss–Newton's matrix. */
interface LeastSquares {
    /** Number of parameters. */
    int parameters();

    /** Lowest allowed value of a parameter, may be infinite. */
    double lowest(int parameter);

    /** Highest allowed value of a parameter, may be infinite. */
    double highest(int parameter);

    /**
     * Half the sum of squares at x.
     *
     * @param normal takes J'J of the weighted residuals, upper triangle; overwritten
     * @param gradient takes J'r; overwritten
     */
    double evaluate(double[] x, DMatrixRMaj normal, double[] gradient);
}
