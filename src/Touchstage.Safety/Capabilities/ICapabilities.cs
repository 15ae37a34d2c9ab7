using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Capabilities;

/// <summary>The catalog as a caller may see it: the tools of its own tenant, for agents only.</summary>
public interface ICapabilities
{
    /// <summary>The tools of the caller's tenant in ordinal order of their names; none for an approver.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<ToolDescription>> ListAsync(Caller caller, CancellationToken cancellation);

    /// <summary>One tool of the caller's tenant, or null. A tool that only another tenant has looks exactly like one that does not exist.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="name">The tool's name, ordinal.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<ToolDescription?> FindAsync(Caller caller, string name, CancellationToken cancellation);
}
