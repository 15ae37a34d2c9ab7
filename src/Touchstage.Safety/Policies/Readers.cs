namespace Touchstage.Safety.Policies;

/// <summary>For whom a decision explains itself. <c>default</c> is for anyone who may read the ledger.</summary>
internal enum Readers
{
    /// <summary>Anyone: fact values stay out of it, they are sealed elsewhere.</summary>
    Anyone,

    /// <summary>Approvers, in a sealed document: fact values too.</summary>
    Approvers,
}
