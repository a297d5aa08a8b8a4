using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Data;
using Descent.Formats;
using Descent.Optimizers;
using Descent.Optimizers.Clipping;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>One training, from the first step to the last.</summary>
/// <remarks>Epochs are numbered from 1; epoch 0 is the evaluation before the first step. A step: the batch's mean loss and gradient, the
/// gradient's global norm, clipping, the update. After each epoch loss and accuracy over whole splits, off the clock. A loss or a norm that is
/// not finite ends the training as diverged, before the update that it would have made.</remarks>
sealed class TrainingRun<T> : ITrainingRun, IGradientSource<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const string ClippingKey = "clipping";

    readonly TrainingSettings settings;
    readonly TrainingData data;
    readonly Executor executor;
    readonly TimeProvider time;
    readonly Parameters<T> parameters;
    readonly OptimizerRun<T> optimizer;
    readonly BatchGradient<T> gradient;
    readonly TrainingSchedules schedules;
    readonly SquaredNorm<T> squaredNorm;
    readonly SquaredNorm<T>[] parameterNorms;
    readonly ClippingRun<T>? clipping;
    readonly Evaluation<T> evaluation;
    readonly TrainingGauges<T> gauges;
    EvaluationResult? lastTest;
    readonly BatchOrder order;
    readonly int[] batch;
    int lastCount;
    TrainingPosition position = TrainingPosition.Start;

    public TrainingRun(TrainingSettings settings, TrainingData data, Executor executor, TimeProvider time)
    {
        (this.settings, this.data, this.executor, this.time) = (settings, data, executor, time);
        order = BatchOrder.Of(settings.Order, data.Train, settings.BatchSize, settings.Seed);
        TotalSteps = settings.Steps ?? ((long)settings.Epochs * order.BatchCount);
        NormalizedPieces.Require(settings, order, TotalSteps);
        schedules = new TrainingSchedules(settings, TotalSteps, StepsPerEpoch);
        schedules.RequireMeasured(data);
        parameters = new Parameters<T>(settings.Model.Parameters, settings.Model.Statistics);
        settings.Initialization.Initialize(parameters, settings.Seed);
        settings.Weights?.GiveTo(parameters);
        optimizer = new OptimizerRun<T>(schedules.Optimizer, parameters, executor, settings.ParameterGroups) { GradientSource = this, Seed = settings.Seed };
        schedules.Bind(optimizer.Rules);
        gradient = new BatchGradient<T>(executor, settings, data, parameters);
        squaredNorm = new SquaredNorm<T>(parameters.Gradients);
        parameterNorms = settings.MeasuresParameters ? [.. parameters.Slots.Select(slot => new SquaredNorm<T>(slot.Gradient))] : [];
        clipping = settings.Clipping?.Start(parameters, executor);
        evaluation = new Evaluation<T>(executor, settings.Model, parameters, data.Normalization) { IsExact = settings.IsExact };
        gauges = new TrainingGauges<T>(new(executor, settings, data, parameters, optimizer), time);
        batch = new int[settings.BatchSize];
    }

    public long TotalSteps { get; }

    public long StepsPerEpoch => order.BatchCount;

    public EvaluationResult? LastTest => lastTest ??= position.Step > 0 && position.Evaluated == position.Step
        ? Evaluated(() => evaluation.Run(data.MeasuredTest)) : null;

    /// <summary>Before the first step, after each epoch or so many images, and after the last step.</summary>
    bool IsEvaluationDue => position.Evaluated != position.Step && (position.Step == 0 || position.Step == TotalSteps
        || (settings.EvaluateEvery is { } every ? HasPassed(every) : position.IsEpochComplete(StepsPerEpoch)));

    public void Restore(Checkpoint checkpoint)
    {
        schedules.Restore(checkpoint.Position);
        if (clipping?.Save() is not null)
        {
            clipping.Restore(checkpoint.Position.GetValueOrDefault(ClippingKey) ?? throw new BadInputException("The checkpoint does not say its clipping."));
        }

        position = CheckpointContent.Restore(checkpoint, parameters, optimizer, gauges.Memory);
    }

    public TrainingOutcome Run(ITrainingObserver observer, CancellationToken token)
    {
        order.Start(position.Epoch, position.Batch);
        if (position.Step == 0)
        {
            gauges.AfterStep(0, schedules.Apply(0), observer);
        }

        while (position.Step < TotalSteps || IsEvaluationDue)
        {
            bool isEpochEnd = IsEvaluationDue;
            if (token.IsCancellationRequested || (isEpochEnd && !TryEvaluate(observer, token)))
            {
                observer.OnCheckpoint(TakeCheckpoint());
                return Outcome(TrainingEnd.Cancelled);
            }

            if (!isEpochEnd && !Step(observer))
            {
                return Outcome(TrainingEnd.Diverged);
            }

            if (position.Step > 0 && !IsEvaluationDue && observer.IsCheckpointDue(position.Step, isEpochEnd))
            {
                observer.OnCheckpoint(TakeCheckpoint());
            }
        }

        return Outcome(TrainingEnd.Complete);
    }

    public Checkpoint TakeCheckpoint() => CheckpointContent.Take(position, parameters, optimizer, gauges.Memory,
        clipping?.Save() is { } history ? schedules.Save().Append(new(ClippingKey, history)) : schedules.Save());

    public Checkpoint TakeWeights() => Evaluated(() => CheckpointContent.TakeWeights(position, parameters));

    public Checkpoint TakeWeightsWithState() => Evaluated(() => CheckpointContent.TakeWeights(position, parameters, optimizer));

    public IReadOnlyList<WeightDeviation> WeightDeviations() => WeightDeviation.Of(parameters);

    public NamedArray? LastLogits() => lastCount == 0 ? null : Evaluated(() => NamedArray.Copy<T>("logits", [lastCount, settings.Model.Classes],
        evaluation.Logits(data.Train.Images, batch.AsSpan(0, lastCount))));

    public void Dispose()
    {
        gauges.Dispose();
        gradient.Dispose();
        evaluation.Dispose();
        optimizer.Dispose();
        parameters.Dispose();
    }

    /// <summary>Whether the last step has brought the images trained on to a multiple of <paramref name="every"/>, or past one.</summary>
    bool HasPassed(long every) => position.Images / every > (position.Images - order.CountImages(position.Batch - 1)) / every;

    /// <summary>Takes one step, or leaves it out where loss or gradient is not finite: then parameters and optimizer stay as they were.</summary>
    /// <returns>False where the training has diverged: by one such step, or, where these are left out, by a whole epoch of them, in which nothing has
    /// moved.</returns>
    bool Step(ITrainingObserver observer)
    {
        if (position.IsEpochComplete(StepsPerEpoch))
        {
            position = position.NextEpoch();
            order.Start(position.Epoch);
        }

        long start = time.GetTimestamp();
        int count = lastCount = order.NextBatch(batch);
        double factor = schedules.Apply(position.Step);
        gauges.BeforeStep(position.Step + 1);
        optimizer.LookAhead(factor);
        double loss = gradient.Run(batch.AsSpan(0, count), position.Step, position.Epoch);
        gauges.AtGradient(position.Step + 1);
        double norm = Math.Sqrt(squaredNorm.Run(executor));
        double meanNorm = MeanGradientNorm();
        bool isFinite = double.IsFinite(loss) && double.IsFinite(norm);
        double clipped = norm;
        if (isFinite)
        {
            (double scale, clipped) = clipping?.Clip(norm) ?? new(1, norm);
            optimizer.Step(factor, scale, loss);
        }
        else
        {
            optimizer.GradientEvaluations++;
        }

        optimizer.Return();
        double seconds = time.GetElapsedTime(start).TotalSeconds - gauges.SecondsWithinStep;
        position = isFinite ? position.AfterStep(count, seconds) : position.AfterSkippedStep(count, seconds);
        observer.OnStep(new StepRecord(position.Step, position.Epoch, loss, norm)
        {
            ClippedGradientNorm = clipped,
            MeanGradientNorm = meanNorm,
            LearningRate = factor * settings.Optimizer.LearningRate,
            GradientEvaluations = optimizer.GradientEvaluations,
            HessianProducts = optimizer.HessianProducts,
        });
        if (isFinite)
        {
            gauges.AfterStep(position.Step, factor, observer);
        }

        return isFinite || (settings.SkipsNonFinite && position.SkippedInRow < StepsPerEpoch);
    }

    /// <summary>NaN where it is not measured.</summary>
    double MeanGradientNorm()
    {
        double sum = parameterNorms.Length == 0 ? double.NaN : 0;
        foreach (var norm in parameterNorms)
        {
            sum += Math.Sqrt(norm.Run(executor));
        }

        return sum / parameterNorms.Length;
    }

    /// <summary>Another gradient of the present batch, clipped by its own norm.</summary>
    GradientEvaluation IGradientSource<T>.Evaluate()
    {
        double loss = gradient.RunAgain(batch.AsSpan(0, lastCount), position.Step, position.Epoch);
        return new GradientEvaluation(loss, ScaleAgain(Math.Sqrt(squaredNorm.Run(executor))));
    }

    void IGradientSource<T>.MultiplyByHessian(Tensor<T> direction, Tensor<T> product) =>
        gradient.MultiplyByHessian(batch.AsSpan(0, lastCount), position.Step, position.Epoch, direction, product);

    /// <summary>What a further gradient is multiplied by.</summary>
    double ScaleAgain(double norm) => clipping is not null && double.IsFinite(norm) ? clipping.ClipAgain(norm).Scale : 1;

    /// <summary>Measures all splits; false where the token was cancelled meanwhile, and then nothing is told.</summary>
    bool TryEvaluate(ITrainingObserver observer, CancellationToken token)
    {
        int done = 0, total = data.MeasuredTrain.Count + data.MeasuredValidation.Count + data.MeasuredTest.Count;
        optimizer.MoveToEvaluation();
        try
        {
            var (train, validation, test) = (Measure(data.MeasuredTrain), Measure(data.MeasuredValidation), Measure(data.MeasuredTest));
            (lastTest, position) = (test, position with { Evaluated = position.Step });
            var epoch = new EpochRecord(position.Epoch, position.Step, train.Loss, train.Accuracy, validation.Loss, validation.Accuracy,
                test.Loss, test.Accuracy, position.Seconds)
            {
                GradientEvaluations = optimizer.GradientEvaluations,
                HessianProducts = optimizer.HessianProducts,
            };
            schedules.Observe(epoch);
            observer.OnEpoch(epoch);
            if (observer.AreWeightsDue(epoch))
            {
                observer.OnWeights(epoch, CheckpointContent.TakeWeights(position, parameters, observer.WantsState ? optimizer : null));
            }

            return true;
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == token)
        {
            return false;
        }
        finally
        {
            optimizer.Return();
        }

        EvaluationResult Measure(DataPart part) => evaluation.Run(part, images =>
        {
            done += images;
            observer.OnEvaluation(new(position.Epoch, done, total));
        }, token);
    }

    /// <summary>Looks at the model with the parameters that are evaluated.</summary>
    TResult Evaluated<TResult>(Func<TResult> look)
    {
        optimizer.MoveToEvaluation();
        try
        {
            return look();
        }
        finally
        {
            optimizer.Return();
        }
    }

    TrainingOutcome Outcome(TrainingEnd end) => new(end, position.Step, end == TrainingEnd.Diverged ? position.Step - position.SkippedInRow + 1 : null,
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(parameters.Values.Span))),
        position.Seconds > 0 ? position.Images / position.Seconds : 0)
    {
        SkippedSteps = settings.SkipsNonFinite ? position.Skipped : 0,
        GradientEvaluations = optimizer.GradientEvaluations,
        HessianProducts = optimizer.HessianProducts,
    };
}
