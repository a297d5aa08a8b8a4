using Descent.Tensors;

namespace Descent.Layers;

/// <summary>Weights of standard deviation gain/√fan, the last layer's too; biases zero.</summary>
/// <remarks>He: He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015; Xavier: Glorot and Bengio, "Understanding the difficulty of
/// training deep feedforward neural networks", AISTATS 2010. Uniform draws lie in ±√3 times the deviation. As torch.nn.init.kaiming_normal_ and
/// kaiming_uniform_ (fan in or out), xavier_normal_ and xavier_uniform_ (fan average).</remarks>
/// <param name="Scheme">he or xavier: they differ in their defaults alone.</param>
/// <param name="Fan">in: n numbers come into each output; out: each input goes to n outputs; average of both.</param>
/// <param name="Distribution">normal or uniform.</param>
/// <param name="Gain">The name of an activation, <c>linear</c>, <c>activation</c> for what follows each layer (linear after the last), or a number.</param>
sealed record FanInitialization(string Scheme, string Fan, string Distribution, string Gain) : Initialization
{
    public override string Canonical => $"{Scheme}(fan={Fan}, distribution={Distribution}, gain={Gain})";

    private protected override StartValues Draws(ParameterInfo parameter)
    {
        if (!parameter.Traits.HasFlag(ParameterTraits.Weight))
        {
            return StartValues.Constant(0);
        }

        double fan = Fan switch { "in" => parameter.FanIn, "out" => parameter.FanOut, _ => (parameter.FanIn + (double)parameter.FanOut) / 2 };
        double deviation = GainOf(parameter) / Math.Sqrt(fan);
        return Distribution == "normal" ? StartValues.Normal(deviation) : StartValues.Uniform(Math.Sqrt(3) * deviation);
    }

    double GainOf(ParameterInfo parameter)
    {
        var name = Gain == "activation" ? parameter.Activation : Gain;
        return Activation.All.FirstOrDefault(activation => activation.Name == name)?.Gain
            ?? (name == "linear" ? 1 : double.Parse(name, System.Globalization.CultureInfo.InvariantCulture));
    }
}
