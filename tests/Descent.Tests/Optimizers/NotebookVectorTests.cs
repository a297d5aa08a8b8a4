using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>One step from given states, against the vectors that a course's notebook on update rules has its readers check their code with, within
/// its own measure and limit: the largest |x−y|/(|x|+|y|), 1e-7. The weights run from −0.4 to 0.6, the gradients from −0.6 to 0.4.</summary>
public class NotebookVectorTests
{
    const int Count = 20;

    [Fact]
    public void Momentum()
    {
        using var work = Step(new Sgd(LearningRate: 1e-3, Momentum: 0.9), stepsBefore: 1, ("momentum_buffer", 0.6, 0.9));
        AssertClose(work.Values, 1e-7, [-0.39994, -0.347375263, -0.294810526, -0.242245789, -0.189681053, -0.137116316, -0.084551579, -0.031986842,
            0.020577895, 0.073142632, 0.125707368, 0.178272105, 0.230836842, 0.283401579, 0.335966316, 0.388531053, 0.441095789, 0.493660526,
            0.546225263, 0.59879]);
        AssertClose(work.Run.State("momentum_buffer").Span, 1e-7, [-0.06, 0.006842105, 0.073684211, 0.140526316, 0.207368421, 0.274210526,
            0.341052632, 0.407894737, 0.474736842, 0.541578947, 0.608421053, 0.675263158, 0.742105263, 0.808947368, 0.875789474, 0.942631579,
            1.009473684, 1.076315789, 1.143157895, 1.21]);
    }

    [Fact]
    public void RmsPropagation()
    {
        using var work = Step(new RmsProp(), stepsBefore: 1, ("square_avg", 0.6, 0.9));
        AssertClose(work.Values, 1e-7, [-0.39223849, -0.34037513, -0.28849239, -0.23659121, -0.18467247, -0.132737, -0.08078555, -0.02881884,
            0.02316247, 0.07515774, 0.12716641, 0.17918792, 0.23122175, 0.28326742, 0.33532447, 0.38739248, 0.43947102, 0.49155973, 0.54365823,
            0.59576619]);
        AssertClose(work.Run.State("square_avg").Span, 1e-7, [0.5976, 0.6126277, 0.6277108, 0.64284931, 0.65804321, 0.67329252, 0.68859723,
            0.70395734, 0.71937285, 0.73484377, 0.75037008, 0.7659518, 0.78158892, 0.79728144, 0.81302936, 0.82883269, 0.84469141, 0.86060554,
            0.87657507, 0.8926]);
    }

    /// <summary>To 2e-7: its eight printed digits allow no more. The first five of v, which its print has lost, are 0.999·v + 0.001·g².</summary>
    [Fact]
    public void AdamAtItsSixthStep()
    {
        using var work = Step(new Adam(LearningRate: 1e-2), stepsBefore: 5, ("exp_avg", 0.6, 0.9), ("exp_avg_sq", 0.7, 0.5));
        AssertClose(work.Values, 2e-7, [-0.40094747, -0.34836187, -0.29577703, -0.24319299, -0.19060977, -0.1380274, -0.08544591, -0.03286534,
            0.01971428, 0.0722929, 0.1248705, 0.17744702, 0.23002243, 0.28259667, 0.33516969, 0.38774145, 0.44031188, 0.49288093, 0.54544852,
            0.59801459]);
        AssertClose(work.Run.State("exp_avg").Span, 1e-7, [0.48, 0.49947368, 0.51894737, 0.53842105, 0.55789474, 0.57736842, 0.59684211,
            0.61631579, 0.63578947, 0.65526316, 0.67473684, 0.69421053, 0.71368421, 0.73315789, 0.75263158, 0.77210526, 0.79157895, 0.81105263,
            0.83052632, 0.85]);
        AssertClose(work.Run.State("exp_avg_sq").Span, 1e-7, [0.69966, 0.68908382, 0.67851319, 0.66794809, 0.65738853, 0.64683452, 0.63628604,
            0.6257431, 0.61520571, 0.60467385, 0.59414753, 0.58362676, 0.57311152, 0.56260183, 0.55209767, 0.54159906, 0.53110598, 0.52061845,
            0.51013645, 0.49966]);
        Assert.Equal(6, work.Run.Steps);
    }

    static OptimizerAtWork<double> Step(IOptimizer optimizer, int stepsBefore, params (string State, double From, double To)[] states)
    {
        var work = new OptimizerAtWork<double>(optimizer, [Count]);
        Fill(work.Values, -0.4, 0.6);
        Fill(work.Gradients, -0.6, 0.4);
        foreach (var (state, from, to) in states)
        {
            Fill(work.Run.State(state).Span, from, to);
        }

        work.Run.Steps = stepsBefore;
        work.Run.Step();
        return work;
    }

    static void Fill(Span<double> numbers, double from, double to)
    {
        for (int k = 0; k < numbers.Length; k++)
        {
            numbers[k] = from + ((to - from) * k / (numbers.Length - 1));
        }
    }

    static void AssertClose(ReadOnlySpan<double> actual, double limit, double[] expected)
    {
        Assert.Equal(Count, expected.Length);
        for (int k = 0; k < Count; k++)
        {
            double error = Math.Abs(actual[k] - expected[k]) / (Math.Abs(actual[k]) + Math.Abs(expected[k]));
            Assert.True(error <= limit, $"{k}: {actual[k]:R}, expected {expected[k]:R}, error {error:E1}");
        }
    }
}
