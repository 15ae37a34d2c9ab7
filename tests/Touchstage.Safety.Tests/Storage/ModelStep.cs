using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>A step of <see cref="ApprovalModel"/>.</summary>
/// <param name="isChanged">Whether it carries out what a person made of the action.</param>
internal sealed class ModelStep(bool isChanged)
{
    public bool IsChanged { get; } = isChanged;

    public StepStatus Status { get; set; } = StepStatus.InFlight;

    public DateTimeOffset SettledAt { get; set; }

    /// <summary>Whether it is of the approval that people act on now.</summary>
    public bool IsOfCurrent { get; set; } = true;

    public bool IsOpen => Status is StepStatus.InFlight or StepStatus.Unknown;
}
