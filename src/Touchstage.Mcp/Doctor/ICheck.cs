namespace Touchstage.Mcp.Doctor;

/// <summary>Looks at one thing and changes nothing.</summary>
internal interface ICheck
{
    Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation);
}
